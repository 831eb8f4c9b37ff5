// Whom to tell of failures, recoveries, stale streams and changed Bases: a chat's bot, a command, or both.

import { z } from 'zod';
import { evenWithProblems, mapping, report, secretText, text, whole } from './fields.ts';
import { baseUrlFault, isHost, isLoopback, isNamed, platformHosts } from './hosts.ts';

export interface Notify {
  readonly locale: 'en-US' | 'zh-CN';
  /** A stream is stale when its last complete sync began longer ago, in ms. Absent: none is. */
  readonly staleMs?: number;
  readonly webhook?: Webhook;
  /** A program and its arguments. */
  readonly command?: readonly string[];
}

/** A custom bot of a Lark or Feishu chat. */
export interface Webhook {
  /** Whoever knows it can write into the chat. */
  readonly url: string;
  /** Signs what is sent, where the bot asks for it. */
  readonly secret?: string;
  /** The host is named in `allow_hosts`, so that it may lie in a private network. */
  readonly privateNetwork: boolean;
}

const hourMs = 3_600_000;

const host = z
  .string()
  .refine(isHost, { error: 'must be a host name alone, like lark.example.com' })
  .toLowerCase();

const webhookFields = mapping({
  url: secretText('Webhook address of a custom bot, https://..hook/... A secret.'),
  secret: secretText('Secret of the bot, where it checks signatures.').optional(),
  allow_hosts: z
    .array(host)
    .describe("Hosts that url may name besides Lark's and Feishu's, also in a private network.")
    .default([]),
});

const webhook = webhookFields
  .superRefine((given, context) => {
    const message = urlProblem(given);
    if (message !== undefined) report(context, ['url'], message);
  }, evenWithProblems)
  .transform(
    (given): Webhook => ({
      url: given.url,
      ...(given.secret === undefined ? {} : { secret: given.secret }),
      privateNetwork: isNamed(given.url, given.allow_hosts),
    }),
  )
  .describe('A custom bot of a Lark or Feishu chat.');

const command = z
  .array(text('A word of it; a shell is not used.'))
  .min(1, { error: 'must name a program' })
  .describe('A program and its arguments; it gets the event as JSON on its standard input.');

const fields = mapping({
  locale: z.enum(['en-US', 'zh-CN']).describe('Language of the messages.').default('en-US'),
  stale_after_hours: whole(
    1,
    8760,
    'Hours after which a stream without a complete sync counts as stale. Left out: none does.',
  ).optional(),
  webhook: webhook.optional(),
  command: command.optional(),
}).superRefine((given, context) => {
  if (given.webhook !== undefined || given.command !== undefined) return;
  report(context, [], 'needs a webhook or a command');
}, evenWithProblems);

export const notifySchema: z.ZodType<Notify, unknown> = fields
  .transform(
    (given): Notify => ({
      locale: given.locale,
      ...(given.stale_after_hours === undefined
        ? {}
        : { staleMs: given.stale_after_hours * hourMs }),
      ...(given.webhook === undefined ? {} : { webhook: given.webhook }),
      ...(given.command === undefined ? {} : { command: given.command }),
    }),
  )
  .describe('Whom to tell of failures, recoveries, stale streams and changed Bases.');

// Runs on faulty input too, so it trusts no field to have its type.
function urlProblem(given: {
  readonly url?: unknown;
  readonly allow_hosts?: unknown;
}): string | undefined {
  const { url, allow_hosts: allowHosts } = given;
  if (typeof url !== 'string' || url === '' || url !== url.trim()) return undefined;
  const base = /^[^/]*\/\/[^/?#]*/.exec(url)?.[0] ?? url;
  const fault = baseUrlFault(base);
  if (fault !== undefined) return fault;
  if (/[^\x21-\x7e]|[\\?#]/.test(url)) return 'must not have a query or a fragment';
  if (url.replace(/\/+$/, '') === base) return 'must have the path that the bot shows: ../hook/..';
  const { hostname } = new URL(base);
  const isKnown = Object.values(platformHosts).includes(hostname) || isLoopback(hostname);
  if (isKnown || isNamed(base, Array.isArray(allowHosts) ? allowHosts : [])) return undefined;
  return `has another host than ${Object.values(platformHosts).join(' and ')}: name it in allow_hosts if messages may go there`;
}
