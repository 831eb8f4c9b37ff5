// What is known of each stream of a run, as the live block shows it.

import type { Counts } from '../../sink.ts';
import type { RunEvent, StreamOfSource, StreamProgress } from '../sync/events.ts';
import type { StreamReport } from '../sync/report.ts';
import type { LineState } from './line.ts';
import { Speed } from './speed.ts';

interface Entry {
  readonly speed: Speed;
  state: LineState;
}

export class Board {
  readonly #entries = new Map<string, Entry>();

  note(event: RunEvent): void {
    if (event.type === 'planned') this.#plan(event.streams);
    if (event.type === 'started') this.#change(event, { phase: 'reading' });
    if (event.type === 'progress') this.#progress(event);
    if (event.type === 'finished') this.#finish(event);
    if (event.type === 'skipped') this.#change(event, { phase: 'skipped' });
  }

  /** The streams in their order. */
  states(): LineState[] {
    return [...this.#entries.values()].map(({ state }) => state);
  }

  /** Sources are named where there are several. */
  #plan(streams: readonly StreamOfSource[]): void {
    const sources = new Set(streams.map(({ source }) => source));
    for (const planned of streams) {
      const name = sources.size > 1 ? keyOf(planned) : planned.stream;
      this.#entries.set(keyOf(planned), { speed: new Speed(), state: { ...idle, name } });
    }
  }

  #progress(progress: StreamProgress): void {
    const { records, requests, expected, seconds, waited_seconds: waited } = progress;
    const rows = rowsIn(progress);
    const speed = this.#entries.get(keyOf(progress))?.speed;
    speed?.note(seconds * 1000, rows);
    // Who has read all that was announced knows nothing of what is still to come.
    const isTellable = expected !== null && expected > records;
    this.#change(progress, {
      records,
      rows,
      rate: speed?.perSecond() ?? 0,
      requests,
      waited,
      expected: isTellable ? expected : undefined,
      left: isTellable && records > 0 ? ((expected - records) * seconds) / records : undefined,
    });
  }

  #finish(report: StreamOfSource & StreamReport): void {
    const { status: phase, records, requests, seconds } = report;
    const rows = rowsIn(report);
    this.#change(report, { phase, records, rows, rate: rows / Math.max(seconds, 0.001), requests });
  }

  #change(stream: StreamOfSource, change: Partial<LineState>): void {
    const entry = this.#entries.get(keyOf(stream));
    if (entry !== undefined) entry.state = { ...entry.state, ...change };
  }
}

function keyOf({ source, stream }: StreamOfSource): string {
  return `${source}/${stream}`;
}

/** Rows that a stream has written or found unchanged. */
function rowsIn({
  inserted,
  updated,
  unchanged,
  deleted,
}: Pick<Counts, 'inserted' | 'updated' | 'unchanged' | 'deleted'>): number {
  return inserted + updated + unchanged + deleted;
}

const idle = {
  phase: 'waiting',
  records: 0,
  rows: 0,
  rate: 0,
  requests: 0,
  waited: 0,
  expected: undefined,
  left: undefined,
} as const;
