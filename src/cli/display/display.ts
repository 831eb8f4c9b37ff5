// What the command line shows while a run is under way: to a person at a terminal, or in a log.

import type { RunEvent } from '../sync/events.ts';
import type { Report } from '../sync/report.ts';

export interface Display {
  show(event: RunEvent): void;
  /** The run was asked to stop. */
  stopping(signal: string): void;
  /** The run has ended, and its summary comes next. */
  ended(report: Report): void;
  /** Shows what has to follow the summary, and nothing after it. */
  close(): void;
}
