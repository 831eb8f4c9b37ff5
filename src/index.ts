// The public API: `sync`, what it takes, tells and gives, and the errors with what they say.

import { UsageError } from './cli/outcome.ts';
import {
  AuthError,
  BlockedError,
  ConfigError,
  describe,
  FencedError,
  InterruptedError,
  InvariantError,
  LarkhouseError,
  NotFoundError,
  PageTokenError,
  PermissionError,
  QuotaError,
  ReadingLostError,
  RecordError,
  RejectsError,
  SchemaError,
  SourceError,
  ThrottledError,
  TokenError,
  TransientError,
  WarehouseError,
} from './errors.ts';
import { sync } from './sync.ts';

export type { RunEvent, StreamOfSource, StreamProgress } from './cli/sync/events.ts';
export type { Report, SourceReport, Status, StreamReport } from './cli/sync/report.ts';
export type {
  AuthInFile,
  BaseInFile,
  ConfigFile,
  ModulesInFile,
  NotifyInFile,
  PrivacyInFile,
  SourceInFile,
  WarehouseInFile,
} from './config/file.ts';
export type { Locale } from './config/modules.ts';
export type { Circumstances, ErrorDetails, Problem } from './errors.ts';
export type { SyncOptions } from './sync.ts';
export {
  AuthError,
  BlockedError,
  ConfigError,
  describe,
  FencedError,
  InterruptedError,
  InvariantError,
  LarkhouseError,
  NotFoundError,
  PageTokenError,
  PermissionError,
  QuotaError,
  ReadingLostError,
  RecordError,
  RejectsError,
  SchemaError,
  SourceError,
  sync,
  ThrottledError,
  TokenError,
  TransientError,
  UsageError,
  WarehouseError,
};
