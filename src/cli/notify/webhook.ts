// Sends cards to a custom bot of a Lark or Feishu chat.
// https://open.larksuite.com/document/client-docs/bot-v3/add-custom-bot

import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Webhook } from '../../config/notify.ts';
import { SourceError, TransientError } from '../../errors.ts';
import { dialer } from '../../extract/dial.ts';
import { networkError } from '../../extract/network.ts';
import { isObject, type JsonObject, parseJson } from '../../json.ts';

const patienceMs = 10_000;
const answerAtMost = 65_536;

/** Throws LarkhouseError when the card was not taken; the URL is in none of its words. */
export async function postCard(webhook: Webhook, card: JsonObject): Promise<void> {
  const { hostname, host } = new URL(webhook.url);
  const { privateNetwork } = webhook;
  const agent = new Agent({
    connect: dialer({ timeoutMs: patienceMs, hostname, privateNetwork }),
    maxResponseSize: answerAtMost,
  });
  try {
    const body = { ...signature(webhook.secret), msg_type: 'interactive', card };
    const answer = await sent(webhook.url, JSON.stringify(body), agent);
    requireTaken(host, answer);
  } catch (error) {
    if (error instanceof SourceError && error.circumstances.status !== undefined) throw error;
    throw new TransientError(networkError(error, host).message, {
      hint: 'check notify.webhook.url, and that this machine reaches its host',
      cause: error,
    });
  } finally {
    await agent.destroy();
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Follows no redirect. */
async function sent(url: string, body: string, dispatcher: Agent): Promise<Answer> {
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body,
    dispatcher,
    signal: AbortSignal.timeout(patienceMs),
  });
  return { status: answer.statusCode, text: await answer.body.text() };
}

/** What stands beside a signed message. `now` in epoch ms; Lark takes an hour to either side. */
export function signature(
  secret: string | undefined,
  now: number = Date.now(),
): { readonly timestamp?: string; readonly sign?: string } {
  if (secret === undefined) return {};
  const timestamp = String(Math.floor(now / 1000));
  const sign = createHmac('sha256', `${timestamp}\n${secret}`).digest('base64');
  return { timestamp, sign };
}

/** A bot says yes by the code 0, under the name of old or of today; no comes with HTTP 200, too. */
function requireTaken(host: string, { status, text }: Answer): void {
  const answer = answerIn(text);
  const code = answer?.['code'] ?? answer?.['StatusCode'];
  if (status === 200 && code === 0) return;
  const said = answer?.['msg'] ?? answer?.['StatusMessage'];
  const words = typeof said === 'string' && said !== '' ? `: ${said.slice(0, 200)}` : '';
  throw new SourceError(`the bot at ${host} did not take the message${words}`, {
    status,
    ...(typeof code === 'number' ? { code } : {}),
    hint: "check notify.webhook: url and secret as the bot shows them, and the bot's keywords and IP addresses",
  });
}

function answerIn(text: string): JsonObject | undefined {
  try {
    const answer = parseJson(text);
    return isObject(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}
