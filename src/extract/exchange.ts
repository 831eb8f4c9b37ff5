// One request and its answer: waits its turn, sends, reads. Repeats nothing.

import { locate, ThrottledError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Call, Endpoint, Meter } from '../tenant.ts';
import { decoded } from './decode.ts';
import { type Asked, circumstancesOf, dataOf, opened } from './envelope.ts';
import { glanceAt } from './glance.ts';
import type { Link } from './link.ts';
import { requestOf } from './request.ts';
import type { Waits } from './throttle.ts';
import type { Answer } from './transport.ts';

/** What is asked, by whom. */
export interface Asking {
  readonly endpoint: Endpoint;
  readonly call: Call;
  readonly meter: Meter;
  readonly signal: AbortSignal;
  /** The list that may come in parts; without it `data` always comes whole. */
  readonly listName?: string;
  /** Throws when the last part of `data` is not what the endpoint must answer. */
  check?(data: JsonObject): void;
}

/** Some of what an answer says. */
export interface Part {
  readonly data: JsonObject;
  /** Only what is probably around the list, before anything is checked: the whole is still to come. */
  readonly isGlance?: boolean;
}

/**
 * `data`; of a large body first in parts, each with some items of the list, the rest coming last. Of a page in one
 * piece a glance is given before: the answer is parsed only when more is asked for.
 * The token is asked for as late as can be: the wait for a slot may outlast it.
 */
export async function* exchange(
  link: Link,
  asking: Asking,
  token: () => Promise<string>,
): AsyncGenerator<Part, void> {
  const { endpoint, call, meter, signal, listName } = asking;
  const request = requestOf(endpoint, call);
  const waits: Waits = {
    waited: (ms) => meter.waited(endpoint, ms),
    throttled: (ms) => meter.throttled(endpoint, ms),
  };
  const largeBytes = listName === undefined ? Number.POSITIVE_INFINITY : link.largeBodyBytes;
  const metered = async <T>(work: () => Promise<T>): Promise<T> =>
    await work().catch((error: unknown) => {
      if (!(error instanceof ThrottledError) && !signal.aborted) meter.failed(endpoint);
      throw error;
    });

  // The slot is free again once a large body has begun: its reader may call the same endpoint. It also is after a
  // glance, so that the next page can be asked for.
  const throttle = link.throttles.of(endpoint);
  const { first, reading } = await throttle.run(signal, waits, token, async (bearer, answered) => {
    meter.allow(endpoint);
    meter.sent(endpoint);
    return await metered(async () => {
      const answer = await link.transport.send(request, bearer, largeBytes, signal, answered);
      const parts = read(answer, asking, askedOf(link, asking));
      return { first: await parts.next(), reading: parts };
    });
  });
  try {
    for (let step = first; step.done !== true; step = await metered(() => reading.next())) {
      yield step.value;
    }
  } finally {
    await reading.return();
  }
}

async function* read(answer: Answer, asking: Asking, asked: Asked): AsyncGenerator<Part, void> {
  const { listName, endpoint } = asking;
  const { body } = answer;
  if (listName !== undefined && endpoint.pageSize !== undefined && body instanceof Uint8Array) {
    const data = glanceAt(body, listName);
    if (data !== undefined) yield { data, isGlance: true };
  }
  const list = listName ?? '';
  const parts = decoded(body, { ...endpoint, list });
  try {
    let step = await parts.next();
    for (; step.done !== true; step = await parts.next()) yield { data: { [list]: step.value } };
    const data = dataOf(opened(step.value, answer, asked), answer, asked);
    asking.check?.(data);
    yield { data };
  } catch (error) {
    throw locate(error, circumstancesOf(answer, asked));
  } finally {
    await parts.return(null);
  }
}

function askedOf(link: Link, { endpoint, call }: Asking): Asked {
  return {
    source: link.source,
    secrets: link.secrets,
    endpoint: endpoint.name,
    scopes: endpoint.scopes,
    paging: call.query?.['page_token'] !== undefined,
  };
}
