// What is known of each stream of a run, as the live block shows it.

import type { Progress } from '../../progress.ts';
import type { Counts } from '../../stream.ts';
import type { PlannedStream } from './display.ts';
import type { LineState } from './line.ts';
import { Speed } from './speed.ts';

interface Entry {
  readonly name: string;
  readonly speed: Speed;
  progress?: Progress;
  phase: LineState['phase'];
  /** When it ended, on the clock of `Progress.startedAt`. */
  endedAt?: number;
}

export class Board {
  readonly #entries = new Map<string, Entry>();

  /** Names the streams; sources are named where there are several. */
  plan(streams: readonly PlannedStream[]): void {
    const sources = new Set(streams.map(({ source }) => source));
    for (const planned of streams) {
      const name = sources.size > 1 ? keyOf(planned) : planned.stream;
      this.#entries.set(keyOf(planned), { name, speed: new Speed(), phase: 'waiting' });
    }
  }

  start(progress: Progress): void {
    const entry = this.#entries.get(keyOf(progress));
    if (entry === undefined) return;
    entry.progress = progress;
    entry.phase = 'reading';
  }

  end(stream: PlannedStream, phase: LineState['phase'], now: number): void {
    const entry = this.#entries.get(keyOf(stream));
    if (entry === undefined) return;
    entry.phase = phase;
    entry.endedAt = now;
  }

  /** The streams in their order; `now` in ms, on the clock of `performance.now`. */
  states(now: number): LineState[] {
    return [...this.#entries.values()].map((entry) => stateOf(entry, now));
  }
}

function keyOf({ source, stream }: PlannedStream): string {
  return `${source}/${stream}`;
}

/** Rows that a stream has written or found unchanged. */
export function rowsIn({ inserted, updated, unchanged, deleted }: Counts): number {
  return inserted + updated + unchanged + deleted;
}

function stateOf({ name, phase, progress, speed, endedAt }: Entry, now: number): LineState {
  if (progress === undefined) return { ...idle, name, phase };
  const { counts, requests, waitedMs, expected, startedAt } = progress;
  const rows = rowsIn(counts);
  const seconds = ((endedAt ?? now) - startedAt) / 1000;
  speed.note(now, rows);
  const { records } = counts;
  const isTellable = expected !== undefined && records > 0 && expected >= records;
  return {
    name,
    phase,
    records,
    rows,
    rate: endedAt === undefined ? speed.perSecond() : rows / Math.max(seconds, 0.001),
    requests,
    waitedMs,
    expected,
    left: isTellable ? ((expected - records) * seconds) / records : undefined,
  };
}

const idle = {
  records: 0,
  rows: 0,
  rate: 0,
  requests: 0,
  waitedMs: 0,
  expected: undefined,
  left: undefined,
};
