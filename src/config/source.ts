// One source: a Lark or Feishu tenant, how to reach it, and what to read of it.

import { z } from 'zod';
import { type Auth, authSchema } from './auth.ts';
import { evenWithProblems, mapping, report, whole } from './fields.ts';
import { baseUrlFault, isAllowed, isHost, isNamed, type Platform, platformHosts } from './hosts.ts';
import { type Modules, modulesSchema } from './modules.ts';

export interface Source {
  /** The `source` column of every row. */
  readonly name: string;
  readonly platform: Platform;
  /** Scheme, host and port; no slash at the end. */
  readonly baseUrl: string;
  /** Lower-case host names that `baseUrl` may name beside the platform's own. */
  readonly allowHosts: readonly string[];
  /** The host of `baseUrl` is among them, so that it may lie in a private network. */
  readonly privateNetwork: boolean;
  readonly auth: Auth;
  readonly quota?: Quota;
  readonly modules: Modules;
}

export interface Quota {
  /** Calls in a calendar month after which a run stops. */
  readonly monthlyCalls: number;
}

const host = z
  .string()
  .refine(isHost, { error: 'must be a host name alone, like lark.example.com' })
  .toLowerCase();

const baseUrl = z
  .string()
  .superRefine((url, context) => {
    const fault = baseUrlFault(url);
    if (fault !== undefined) context.addIssue(fault);
  })
  .describe("Where the API is, when not at the platform's own host.");

const quota = mapping({
  monthly_calls: whole(1, 1_000_000_000, 'Calls in a calendar month that larkhouse may make.'),
}).transform((given): Quota => ({ monthlyCalls: given.monthly_calls }));

const fields = mapping({
  platform: z
    .enum(['lark', 'feishu'])
    .describe('lark: open.larksuite.com; feishu: open.feishu.cn.'),
  base_url: baseUrl.optional(),
  allow_hosts: z
    .array(host)
    .describe(
      "Hosts that base_url may name besides the platform's own, also in a private network; https only.",
    )
    .default([]),
  auth: authSchema,
  quota: quota.describe('Stop before exceeding it (exit code 1, cursors clean).').optional(),
  modules: modulesSchema,
});

type Fields = z.output<typeof fields>;

export const sourceSchema: z.ZodType<Omit<Source, 'name'>> = fields
  .superRefine((given, context) => {
    const message = hostProblem(given);
    if (message !== undefined) report(context, ['base_url'], message);
  }, evenWithProblems)
  .transform((given) => {
    const { origin } = new URL(given.base_url ?? `https://${platformHosts[given.platform]}`);
    return {
      platform: given.platform,
      baseUrl: origin,
      allowHosts: given.allow_hosts,
      privateNetwork: isNamed(origin, given.allow_hosts),
      auth: given.auth,
      ...(given.quota === undefined ? {} : { quota: given.quota }),
      modules: given.modules,
    };
  })
  .describe('A tenant; its name is the `source` column of every row.');

// Runs on faulty input too, so it trusts no field to have its type.
function hostProblem(given: Partial<Fields>): string | undefined {
  const { base_url: url, platform, allow_hosts: allowHosts } = given;
  if (typeof url !== 'string' || baseUrlFault(url) !== undefined) return undefined;
  if (platform !== 'lark' && platform !== 'feishu') return undefined;
  if (isAllowed(url, platform, Array.isArray(allowHosts) ? allowHosts : [])) return undefined;
  return `has another host than ${platform}'s ${platformHosts[platform]}: name it in allow_hosts if requests and the app's secret may go there`;
}
