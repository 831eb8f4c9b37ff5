// The flags that most commands share, as their implementations get them.

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;

export type LogLevel = (typeof logLevels)[number];

export interface CommonFlags {
  /** What --config names. */
  readonly config: string | undefined;
  /** Names of sources; empty: all. */
  readonly source: readonly string[];
  readonly json: boolean;
  readonly logLevel: LogLevel | undefined;
  readonly quiet: boolean;
}

/** What a run of any kind is asked for. */
export interface RunFlags extends CommonFlags {
  readonly full: boolean;
  readonly dryRun: boolean;
  readonly maxRequests: number | undefined;
}

export interface SyncFlags extends RunFlags {
  /** Names of modules and streams; empty: all. */
  readonly streams: readonly string[];
  /** Try the records that were rejected again, and ask the tenant nothing. */
  readonly retryRejected: boolean;
  readonly metricsFile: string | undefined;
}

export interface StatusFlags extends CommonFlags {
  readonly metricsFile: string | undefined;
  /** Tell operators what is new to them. */
  readonly notify: boolean;
}
