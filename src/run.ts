// A run of one source: its streams in their order, side by side where they may, and the record of what happened.

import { setMaxListeners } from 'node:events';
import { action, describe, InterruptedError, locate, SourceError } from './errors.ts';
import { Lanes } from './lanes.ts';
import {
  addCounts,
  type EndpointUse,
  meterOf,
  newProgress,
  type Progress,
  tollWarnings,
} from './progress.ts';
import { requireFewRejects } from './reject-limit.ts';
import { replicate } from './replicate.ts';
import type { Counts, Sink } from './sink.ts';
import type { Partition, Plan, Replica, Stream } from './stream.ts';
import type { Endpoint, Lark, Meter } from './tenant.ts';

/** How often a partition is started over within a run when that heals what broke it off. */
const mostRestarts = 2;

/** A tenant and its place in the warehouse, ready to be read and written. */
export interface Source {
  readonly name: string;
  /** In the order of the catalog: a stream comes after those that it needs. */
  readonly streams: readonly Stream[];
  readonly sink: Sink;
  readonly replica: Replica;
  /** A view of the tenant that counts its calls; all views share tokens and rate limits. */
  lark(meter: Meter, signal: AbortSignal): Lark;
  /** Called before each request. Throws QuotaError when no more may be made. */
  allow(endpoint: Endpoint): void;
  /** Aborted with an error when somebody else may write the source: the run stops. */
  readonly lost?: AbortSignal | undefined;
}

export interface RunOptions {
  readonly full: boolean;
  /** Aborted: no new request is made, what was read is committed, and the run ends. */
  readonly signal: AbortSignal;
  readonly watch: Watch;
}

/** Who shows or records a run. */
export interface Watch {
  started(progress: Progress): void;
  finished(outcome: StreamOutcome, use: ReadonlyMap<string, EndpointUse>): Promise<void>;
}

export interface StreamOutcome {
  readonly source: string;
  readonly stream: string;
  readonly status: 'complete' | 'incomplete' | 'interrupted';
  readonly records: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly rejected: number;
  readonly requests: number;
  readonly throttled: number;
  readonly retries: number;
  readonly seconds: number;
  readonly error: string | null;
  readonly warnings: readonly string[];
}

/** Reads the source once. Never throws for what goes wrong in a stream: the outcomes say it. */
export async function runSource(source: Source, options: RunOptions): Promise<StreamOutcome[]> {
  const stop = new AbortController();
  const signal = AbortSignal.any([
    options.signal,
    stop.signal,
    ...(source.lost === undefined ? [] : [source.lost]),
  ]);
  setMaxListeners(0, signal);
  const lanes = new Lanes();
  const under = new Map<string, Promise<StreamOutcome>>();
  for (const stream of source.streams) {
    const before = [...(stream.needs ?? []), ...(stream.after ?? [])].map((name) =>
      under.get(name),
    );
    const outcome = Promise.all(before).then(() =>
      new StreamRun(source, stream, options, { signal, stop, lanes }).run(),
    );
    under.set(stream.name, outcome);
  }
  return Promise.all(under.values());
}

/** What the streams of a source share. */
interface Shared {
  /** Aborted when the run is, and when an error stops the source. */
  readonly signal: AbortSignal;
  readonly stop: AbortController;
  readonly lanes: Lanes;
}

class StreamRun {
  readonly #source: Source;
  readonly #stream: Stream;
  readonly #options: RunOptions;
  readonly #shared: Shared;
  readonly #progress: Progress;
  /** What was thrown, and where it happened. */
  readonly #errors = new Map<unknown, unknown>();

  constructor(source: Source, stream: Stream, options: RunOptions, shared: Shared) {
    this.#source = source;
    this.#stream = stream;
    this.#options = options;
    this.#shared = shared;
    this.#progress = newProgress(source.name, stream.name);
  }

  async run(): Promise<StreamOutcome> {
    this.#options.watch.started(this.#progress);
    const plan = this.#plan();
    try {
      for await (const partition of this.#stream.partitions(plan)) {
        await this.#shared.lanes.in(partition.exclusive, () => this.#replicate(partition, plan));
      }
    } catch (error) {
      this.#note(error, {});
    }
    const outcome = this.#outcome();
    await this.#options.watch.finished(outcome, this.#progress.use);
    return outcome;
  }

  async #replicate(partition: Partition, plan: Plan, restarts = 0): Promise<void> {
    try {
      requireGoing(this.#shared.signal);
      await replicate(this.#stream, partition, {
        ...plan,
        sink: this.#source.sink,
        toll: this.#progress.toll,
        fail: (message) => this.#note(new SourceError(message), { partition: partition.key }),
        committed: (counts) => this.#committed(counts),
      });
    } catch (error) {
      if (action(error) === 'restart-partition' && restarts < mostRestarts) {
        return this.#replicate(partition, plan, restarts + 1);
      }
      this.#note(error, { partition: partition.key });
      if (stopsStream(error)) throw error;
    }
  }

  #committed(counts: Counts): void {
    addCounts(this.#progress, counts);
    if (this.#stream.suspect !== true) requireFewRejects(this.#progress.counts);
  }

  #plan(): Plan {
    const progress = this.#progress;
    const meter = meterOf(progress, (endpoint) => this.#source.allow(endpoint));
    return {
      lark: this.#source.lark(meter, this.#shared.signal),
      replica: this.#source.replica,
      full: this.#options.full,
      warn: (message) => void progress.warnings.push(message),
      expect: (records) => {
        progress.expected = (progress.expected ?? 0) + records;
      },
    };
  }

  #note(error: unknown, where: { readonly partition?: string }): void {
    const { name: source } = this.#source;
    if (!this.#errors.has(error)) {
      this.#errors.set(error, locate(error, { source, stream: this.#stream.name, ...where }));
    }
    const next = action(error);
    if (next === 'stop-source' || next === 'stop-run') this.#shared.stop.abort(error);
  }

  #outcome(): StreamOutcome {
    const { counts, requests, throttled, retries, warnings, toll, startedAt } = this.#progress;
    const errors = [...this.#errors.values()];
    const error = errors.length === 0 ? null : errors.map(describe).join('\n');
    const isInterrupted = this.#options.signal.aborted && error !== null;
    const isWhole = error === null && counts.rejected === 0;
    return {
      source: this.#source.name,
      stream: this.#stream.name,
      status: isInterrupted ? 'interrupted' : isWhole ? 'complete' : 'incomplete',
      ...counts,
      requests,
      throttled,
      retries,
      seconds: Math.round(performance.now() - startedAt) / 1000,
      error,
      warnings: [...warnings, ...tollWarnings(toll)],
    };
  }
}

/** Throws an error of its own each time: the streams that are stopped share the reason. */
function requireGoing(signal: AbortSignal): void {
  if (!signal.aborted) return;
  const reason: unknown = signal.reason;
  const said = reason instanceof Error ? reason.message : String(reason);
  const isAsked = reason instanceof InterruptedError;
  throw new InterruptedError(isAsked ? said : `not read, since the source was stopped: ${said}`, {
    cause: reason,
  });
}

function stopsStream(error: unknown): boolean {
  return ['stop-stream', 'stop-source', 'stop-run'].includes(action(error));
}
