// What a stream has done so far, live: the engine counts, whoever shows it looks.

import type { Counts } from './sink.ts';
import type { StreamName } from './stream.ts';
import type { Endpoint, Meter } from './tenant.ts';
import { newToll, type Toll } from './transform/toll.ts';

/** Calls of one endpoint. */
export interface EndpointUse {
  requests: number;
  throttled: number;
  errors: number;
}

export interface Progress {
  readonly source: string;
  readonly stream: StreamName;
  readonly startedAt: number;
  readonly toll: Toll;
  readonly warnings: string[];
  readonly use: Map<string, EndpointUse>;
  counts: Counts;
  requests: number;
  throttled: number;
  retries: number;
  /** Spent waiting for the rate limit, by all requests together, in ms. */
  waitedMs: number;
  /** Records announced so far; undefined while the API tells none. */
  expected: number | undefined;
}

const none: Counts = {
  records: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  rejected: 0,
};

export function newProgress(source: string, stream: StreamName): Progress {
  return {
    source,
    stream,
    startedAt: performance.now(),
    toll: newToll(),
    warnings: [],
    use: new Map(),
    counts: none,
    requests: 0,
    throttled: 0,
    retries: 0,
    waitedMs: 0,
    expected: undefined,
  };
}

export function addCounts(progress: Progress, counts: Counts): void {
  const sum = progress.counts;
  progress.counts = {
    records: sum.records + counts.records,
    inserted: sum.inserted + counts.inserted,
    updated: sum.updated + counts.updated,
    unchanged: sum.unchanged + counts.unchanged,
    deleted: sum.deleted + counts.deleted,
    rejected: sum.rejected + counts.rejected,
  };
}

/** Counts a stream's calls into its progress. `allow` throws QuotaError when no more may be made. */
export function meterOf(progress: Progress, allow: (endpoint: Endpoint) => void): Meter {
  const useOf = ({ name }: Endpoint): EndpointUse => {
    const use = progress.use.get(name) ?? { requests: 0, throttled: 0, errors: 0 };
    progress.use.set(name, use);
    return use;
  };
  return {
    allow,
    sent: (endpoint) => {
      progress.requests += 1;
      useOf(endpoint).requests += 1;
    },
    throttled: (endpoint) => {
      progress.throttled += 1;
      useOf(endpoint).throttled += 1;
    },
    failed: (endpoint) => {
      useOf(endpoint).errors += 1;
    },
    retried: () => {
      progress.retries += 1;
    },
    waited: (_endpoint, ms) => {
      progress.waitedMs += ms;
    },
  };
}

/** What was not taken over as it was, as sentences. */
export function tollWarnings({ replaced, unreadable }: Toll): string[] {
  const sentences = [...unreadable].map(
    ([column, count]) => `${count} values of ${column} do not fit its type and are null there`,
  );
  if (replaced > 0) {
    sentences.push(
      `${replaced} characters that Postgres cannot hold (U+0000, lone surrogates) became U+FFFD`,
    );
  }
  return sentences;
}
