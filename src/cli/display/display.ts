// What a sync tells while it runs: to a person at a terminal, or to a log.

import type { Watch } from '../../run.ts';
import type { Report } from '../sync/report.ts';

export interface Display extends Watch {
  /** What is being done before the streams begin. */
  step(text: string): void;
  /** The streams that are going to run. */
  planned(streams: readonly PlannedStream[]): void;
  /** A source is left out, and why. */
  skipped(streams: readonly PlannedStream[], reason: string): void;
  /** The run was asked to stop. */
  stopping(signal: string): void;
  /** All streams have ended. */
  ended(report: Report): void;
  /** Nothing is shown after it. */
  close(): void;
}

export interface PlannedStream {
  readonly source: string;
  readonly stream: string;
}
