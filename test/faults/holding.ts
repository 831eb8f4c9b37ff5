// Holds an answer of the tenant back, so that a run is known to be waiting for it.

import { meanwhile } from '../../src/demo/fault-answers.ts';
import type { Tenant } from '../../src/demo/server.ts';

export interface Held {
  /** Kept when the request is there. */
  readonly asked: Promise<void>;
  /** Lets it be answered. */
  release(): void;
}

/** Holds the next request to the endpoint. */
export function holdAsking({ faults }: Tenant, endpoint: string): Held {
  const asked = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const hold = meanwhile(() => {
    asked.resolve();
    return held.promise;
  });
  faults.next(endpoint, hold);
  return { asked: asked.promise, release: held.resolve };
}
