// One run: opens what it needs, runs all sources side by side, reports what came of it.

import type { Config } from '../../config/schema.ts';
import { describe } from '../../errors.ts';
import { runSource } from '../../run.ts';
import type { Cleanup } from '../cleanup.ts';
import { type Configured, serve } from '../configuration.ts';
import type { Display, PlannedStream } from '../display/display.ts';
import type { RunFlags } from '../flags.ts';
import { type ExitCode, exitCodeOf } from '../outcome.ts';
import type { Offer } from '../selection.ts';
import { complain, print, type Shell } from '../shell.ts';
import { summaryOf } from '../summary/summary.ts';
import { openWarehouse, type Warehouse } from '../warehouse.ts';
import { type Assembled, asksTenant, assemble, type Command } from './assemble.ts';
import { both, recordEnd, recorder } from './record.ts';
import { exitCodeFor, idleStream, type Report, type ReportedStream, reportOf } from './report.ts';

export interface Parts {
  readonly shell: Shell;
  readonly command: Command;
  readonly flags: RunFlags;
  readonly configured: Configured;
  /** The streams of each source that are to run, as they are to run. */
  readonly offers: readonly Offer[];
  readonly display: Display;
  readonly cleanup: Cleanup;
  readonly signal: AbortSignal;
  /** What follows a run that began, however it ended. */
  after?(warehouse: Warehouse, report: Report): Promise<void>;
}

/** One run, from what was asked for to what came of it. */
export class Execution {
  readonly #parts: Parts;
  readonly #startedAt: number = performance.now();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async run(): Promise<ExitCode> {
    const { display, command, flags, shell, signal } = this.#parts;
    let warehouse: Warehouse;
    let assembled: Assembled;
    try {
      warehouse = await this.#open();
      assembled = await this.#assemble(warehouse);
    } catch (caught) {
      // Ctrl-C reaches the programs that were started, too: their failures follow from it.
      const error: unknown = signal.aborted ? signal.reason : caught;
      // A program that reads the report gets one however early the run ended.
      if (flags.json) this.#printJson(this.#failed(error));
      throw error;
    }
    const { report, unrecorded } = await this.#replicate(assembled);
    display.ended(report);
    display.close();
    if (unrecorded !== undefined) {
      complain(shell, `larkhouse: the run could not be recorded: ${unrecorded}`);
    }
    if (flags.json) this.#printJson(report);
    else if (!flags.quiet) print(shell, summaryOf(report, { shell, command, flags, warehouse }));
    await this.#parts.after?.(warehouse, report);
    return exitCodeFor(report.status);
  }

  async #open(): Promise<Warehouse> {
    const { shell, configured, cleanup, display } = this.#parts;
    const settings = configured.config.warehouse;
    if (settings.url === undefined) display.step('starting the embedded Postgres');
    const warehouse = await openWarehouse(shell, settings);
    cleanup.add(() => warehouse.close());
    return warehouse;
  }

  async #assemble(warehouse: Warehouse): Promise<Assembled> {
    const { command, flags, offers, display, cleanup, signal, shell } = this.#parts;
    const { dryRun, maxRequests } = flags;
    const { scrubber } = shell;
    signal.throwIfAborted();
    const config = asksTenant(command) ? await this.#serve() : this.#parts.configured.config;
    const step = (text: string): void => display.step(text);
    return assemble(
      { command, config, offers, warehouse, dryRun, maxRequests, signal, scrubber, step },
      cleanup,
    );
  }

  /** The configuration, with the simulated tenant behind it where it needs one. */
  async #serve(): Promise<Config> {
    const { shell, command, flags, configured, display, cleanup } = this.#parts;
    if (configured.needsTenant) display.step('starting the simulated tenant');
    const clock = command === 'sync' && !flags.dryRun ? 'move' : 'look';
    const served = await serve(shell, flags, { configured, clock });
    cleanup.add(() => served.close());
    return served.config;
  }

  async #replicate({ sources, busy, control, run }: Assembled): Promise<Ended> {
    const { display, flags, signal, shell } = this.#parts;
    display.planned(sources.flatMap(({ name, streams }) => planned(name, streams)));
    const skipped = busy.flatMap(({ source, streams }) => this.#skip(source, streams));
    const records =
      run === undefined
        ? undefined
        : recorder(control, { runId: run.id, scrubber: shell.scrubber });
    const watch = records === undefined ? display : both(display, records);
    const runs = sources.map((source) => runSource(source, { full: flags.full, signal, watch }));
    const outcomes: readonly ReportedStream[] = (await Promise.all(runs)).flat();
    const report = this.#report([...outcomes, ...skipped], run?.id);
    if (run === undefined || records === undefined) return { report, unrecorded: undefined };
    const unrecorded = await recordEnd(run, outcomes, await records.close());
    const isLost = unrecorded !== undefined && report.status === 'complete';
    return { report: isLost ? { ...report, status: 'incomplete' } : report, unrecorded };
  }

  #printJson(report: Report): void {
    print(this.#parts.shell, JSON.stringify(report));
  }

  #skip(source: string, streams: Offer['streams']): ReportedStream[] {
    const reason = `another run holds source ${source}`;
    this.#parts.display.skipped(planned(source, streams), reason);
    return streams.map(({ name }) =>
      idleStream(source, name, { status: 'skipped', error: null, warning: reason }),
    );
  }

  #failed(error: unknown): Report {
    const status = exitCodeOf(error) === 130 ? 'interrupted' : 'incomplete';
    const text = describe(error);
    const streams = this.#parts.offers.flatMap(({ source, streams: all }) =>
      all.map(({ name }) => idleStream(source, name, { status, error: text })),
    );
    return this.#report(streams, undefined);
  }

  #report(streams: readonly ReportedStream[], id: number | undefined): Report {
    const seconds = Math.round(performance.now() - this.#startedAt) / 1000;
    return reportOf(streams, { id, seconds });
  }
}

interface Ended {
  readonly report: Report;
  /** What could not be put into the control tables. */
  readonly unrecorded: string | undefined;
}

function planned(source: string, streams: Offer['streams']): PlannedStream[] {
  return streams.map(({ name }) => ({ source, stream: name }));
}
