/** Instructions that bend the next answers of the tenant, first in first out per matching endpoint. */
import type { ServerResponse } from 'node:http';
import type { App } from './app.ts';
import type { JsonObject } from './json.ts';
import type { Tokens } from './tokens.ts';

/** An answer before it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What a fault may look at and change besides the answer. */
export interface Scene {
  readonly app: App;
  readonly tokens: Tokens;
  /** `page_token` of the request, if any. */
  readonly pageToken: string | undefined;
  /** Another valid token for the page that was just answered, if the endpoint pages. */
  readonly samePage: string | undefined;
  /** The answer before this one of the same endpoint, unbent. */
  readonly previous: Answer | undefined;
}

/** One way to go wrong; every part is optional and they happen in this order. */
export interface Fault {
  /** Happens before the request is looked at. */
  readonly before?: (scene: Scene) => void | Promise<void>;
  /** Answers in place of the endpoint: no token, scope or limit is looked at. */
  readonly instead?: () => Answer;
  /** Changes the endpoint's answer. */
  readonly rewrite?: (answer: Answer, scene: Scene) => Answer;
  /** Puts the bytes on the wire in place of the ordinary sending. */
  readonly send?: (response: ServerResponse, answer: Answer) => void | Promise<void>;
}

/** The queue of instructions. */
export interface Faults {
  /** Bends the next `times` (default 1) requests to `endpoint`; '*' is any endpoint. */
  next(endpoint: string, fault: Fault, times?: number): void;
  /** Requests still to be bent. */
  readonly pending: number;
  /** Drops all instructions. */
  clear(): void;
}

interface Instruction {
  readonly endpoint: string;
  readonly fault: Fault;
  left: number;
}

/** The queue with the `take` that only the server uses. */
export class FaultQueue implements Faults {
  #queue: Instruction[] = [];

  next(endpoint: string, fault: Fault, times = 1): void {
    this.#queue.push({ endpoint, fault, left: times });
  }

  get pending(): number {
    return this.#queue.reduce((sum, one) => sum + one.left, 0);
  }

  clear(): void {
    this.#queue = [];
  }

  take(endpoint: string): Fault | undefined {
    const first = this.#queue.find((one) => one.endpoint === '*' || one.endpoint === endpoint);
    if (!first) return undefined;
    first.left -= 1;
    if (first.left <= 0) this.#queue = this.#queue.filter((one) => one !== first);
    return first.fault;
  }
}

/** Both faults at once; where both have the same part, `first` acts and then `second` on its result. */
export function both(first: Fault, second: Fault): Fault {
  const instead = first.instead ?? second.instead;
  const send = first.send ?? second.send;
  return {
    async before(scene) {
      await first.before?.(scene);
      await second.before?.(scene);
    },
    rewrite(answer, scene) {
      const once = first.rewrite?.(answer, scene) ?? answer;
      return second.rewrite?.(once, scene) ?? once;
    },
    ...(instead ? { instead } : {}),
    ...(send ? { send } : {}),
  };
}

/** An answer whose body is `body` as JSON. */
export function jsonAnswer(status: number, body: JsonObject): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: Buffer.from(JSON.stringify(body)),
  };
}
