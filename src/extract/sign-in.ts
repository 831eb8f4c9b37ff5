// Posts to Lark's token endpoints: no access token, no meter, no published limit, no `data`.

import { AuthError, action, locate, ThrottledError, TokenError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { decoded } from './decode.ts';
import { type Asked, circumstancesOf, opened } from './envelope.ts';
import type { Post } from './mint.ts';
import { retold } from './retold.ts';
import { type Reserves, Retries } from './retry.ts';
import type { Transport } from './transport.ts';

const longestRestMs = 60_000;

export interface SignInDesk extends Reserves {
  readonly source: string;
  readonly secrets: readonly string[];
  readonly transport: Transport;
  /** Ends every attempt. */
  readonly signal: AbortSignal;
  /** Told every access token that comes. */
  hide(secrets: readonly string[]): void;
}

/** Passing failures are repeated; a refusal of any kind of token is an AuthError. */
export function signInPost(desk: SignInDesk): Post {
  return async ({ name, path }, body, take) => {
    const asked: Asked = {
      source: desk.source,
      secrets: desk.secrets,
      endpoint: name,
      scopes: [],
      paging: false,
    };
    const retries = new Retries(desk);
    for (;;) {
      desk.patience.begin();
      try {
        return await attempt(
          desk,
          asked,
          { method: 'POST', path, body: JSON.stringify(body) },
          take,
        );
      } catch (error) {
        const located = locate(error, { source: desk.source, endpoint: name });
        await desk.clock.sleep(pauseAfter(located, retries), desk.signal);
      }
    }
  };
}

async function attempt<T>(
  { transport, signal, hide }: SignInDesk,
  asked: Asked,
  request: { readonly method: 'POST'; readonly path: string; readonly body: string },
  take: (envelope: JsonObject) => T,
): Promise<T> {
  const answer = await transport.send(request, undefined, Number.POSITIVE_INFINITY, signal);
  try {
    const { value } = await decoded(answer.body, { list: '' }).next();
    const envelope = opened(value, answer, asked);
    hide(tokensIn(envelope));
    return take(envelope);
  } catch (error) {
    throw locate(error, circumstancesOf(answer, asked));
  }
}

/** A tenant's token comes with the app's beside it, whichever was asked for. */
function tokensIn(envelope: JsonObject): string[] {
  return Object.entries(envelope).flatMap(([name, value]) =>
    name.endsWith('_access_token') && typeof value === 'string' ? [value] : [],
  );
}

function pauseAfter(error: unknown, retries: Retries): number {
  if (error instanceof TokenError) {
    throw new AuthError(error.message, retold(error));
  }
  const what = action(error);
  if (what !== 'retry' && what !== 'wait') throw error;
  const asked = error instanceof ThrottledError ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(retries.pause(error), Math.min(longestRestMs, asked));
}
