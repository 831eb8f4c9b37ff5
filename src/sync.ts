// The library: a sync as a function, for programs that schedule in code.

import { UsageError } from './cli/outcome.ts';
import { Scrubber } from './cli/scrub.ts';
import type { RunEvent } from './cli/sync/events.ts';
import type { Caller } from './cli/sync/perform.ts';
import type { Report } from './cli/sync/report.ts';
import { syncIn } from './cli/sync/sync.ts';
import type { ConfigFile } from './config/file.ts';
import { InterruptedError } from './errors.ts';

/** What a sync is asked for. Without anything: what `larkhouse sync` does in the current folder. */
export interface SyncOptions {
  /**
   * The configuration: a file's name, or what would stand in the file. Relative names start from the current
   * folder. Default: as the command has it, `$LARKHOUSE_CONFIG`, `config/larkhouse.yaml`, or else the demo.
   */
  readonly config?: string | ConfigFile;
  /** Only these sources. Default: all. */
  readonly sources?: readonly string[];
  /** Only these modules and streams (`contact`, `base.records`) and what they need. Default: all. */
  readonly streams?: readonly string[];
  /** Read everything anew, whatever was read before. Default: false. */
  readonly full?: boolean;
  /** Read and transform, write nothing. Default: false. */
  readonly dryRun?: boolean;
  /** Stop cleanly after so many requests, at least 1. Default: no limit. */
  readonly maxRequests?: number;
  /** Aborted: no new request is made, what was read is committed, and the report says `interrupted`. */
  readonly signal?: AbortSignal;
  /** Called with each event, in order. What it throws interrupts the run, and `sync` rejects with it. */
  readonly onEvent?: (event: RunEvent) => void;
}

/**
 * Replicates once, as `larkhouse sync` does, and gives what `larkhouse sync --json` prints. It may be called again,
 * and several times at once: a source that another run holds is skipped.
 *
 * Streams that fail do not make it throw: their report has `status` and `error`. It throws what keeps a run from
 * beginning: ConfigError, UsageError for a name that the configuration does not have, WarehouseError, SchemaError,
 * InterruptedError when `signal` was aborted before streams began. It writes to neither stdout nor stderr, listens
 * to no signal of the process, and never exits it. An embedded Postgres stays up, as after the command.
 */
export async function sync(options: SyncOptions = {}): Promise<Report> {
  const { config, sources = [], streams = [], full = false, dryRun = false } = options;
  const { maxRequests } = options;
  if (maxRequests !== undefined && !(Number.isInteger(maxRequests) && maxRequests > 0)) {
    throw new UsageError('maxRequests must be a whole number of at least 1');
  }
  const surroundings = { env: process.env, cwd: process.cwd(), scrubber: new Scrubber() };
  const only = { config, source: sources, streams };
  const how = { full, dryRun, maxRequests, retryRejected: false, metricsFile: undefined };
  const listener = listen(options);
  try {
    const { report } = await syncIn(surroundings, { ...only, ...how }, listener);
    listener.rethrow();
    return report;
  } catch (error) {
    listener.rethrow();
    throw withoutSecrets(error, surroundings.scrubber);
  } finally {
    listener.leave();
  }
}

interface Listener extends Caller {
  /** Throws what the caller's own function threw. */
  rethrow(): void;
  /** Takes its ear from the caller's signal. */
  leave(): void;
}

function listen({ signal: given, onEvent }: SyncOptions): Listener {
  const stop = new AbortController();
  const thrown: unknown[] = [];
  const interrupt = (cause: unknown): void => {
    stop.abort(new InterruptedError('the run was stopped by its caller', { cause }));
  };
  const onAbort = (): void => interrupt(given?.reason);
  if (given?.aborted === true) onAbort();
  given?.addEventListener('abort', onAbort);
  return {
    signal: stop.signal,
    tell: (event) => {
      if (thrown.length > 0) return;
      try {
        onEvent?.(event);
      } catch (error) {
        thrown.push(error);
        interrupt(error);
      }
    },
    rethrow: () => {
      if (thrown.length > 0) throw thrown[0];
    },
    leave: () => given?.removeEventListener('abort', onAbort),
  };
}

/** Errors hold none on purpose; whatever Lark or Postgres said in one may quote one all the same. */
function withoutSecrets(error: unknown, scrubber: Scrubber): unknown {
  // What interrupted the run is the caller's own.
  if (error instanceof InterruptedError) return error;
  for (let each = error; each instanceof Error; each = each.cause) {
    each.message = scrubber.scrub(each.message);
    each.stack = scrubber.scrub(each.stack ?? '');
  }
  return error;
}
