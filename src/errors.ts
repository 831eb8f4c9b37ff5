// Everything that can go wrong, named by what happened, and the one mapping from an error to what to do.

/** Where an error happened and what Lark or Postgres said of it. Never holds secrets or record values. */
export interface Circumstances {
  readonly source?: string;
  readonly stream?: string;
  readonly partition?: string;
  readonly endpoint?: string;
  /** HTTP status. */
  readonly status?: number;
  /** Lark's `code`. */
  readonly code?: number;
  /** Lark's log id: what its support asks for. */
  readonly logId?: string;
  readonly sqlstate?: string;
}

/** What is known of an error when it is raised. */
export interface ErrorDetails extends Circumstances {
  /** What the operator does next, as a sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** The root of all errors that larkhouse raises on purpose. */
export class LarkhouseError extends Error {
  override readonly name: string = 'LarkhouseError';
  readonly hint: string | undefined;
  readonly circumstances: Circumstances;

  constructor(message: string, details: ErrorDetails = {}) {
    const { hint, cause, ...circumstances } = details;
    super(message, cause === undefined ? undefined : { cause });
    this.hint = hint;
    this.circumstances = circumstances;
  }
}

/** One thing wrong with the configuration: where, what, and what was probably meant. */
export interface Problem {
  readonly path: string;
  readonly message: string;
  readonly suggestion?: string;
}

/** The configuration is unusable. Raised before any I/O, with every problem at once. */
export class ConfigError extends LarkhouseError {
  override readonly name = 'ConfigError' as const;
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(
      ({ path, message, suggestion }) =>
        `  ${path === '' ? '' : `${path}: `}${message}${suggestion === undefined ? '' : ` (${suggestion})`}`,
    );
    super(
      `the configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${lines.join('\n')}`,
    );
    this.problems = problems;
  }
}

/** The credentials are refused: app id, secret, ticket or token. Never retried: it would fail again. */
export class AuthError extends LarkhouseError {
  override readonly name = 'AuthError' as const;
}

/** Lark accepted who we are and refuses this call: a scope, a share or a contact range is missing. */
export class PermissionError extends LarkhouseError {
  override readonly name = 'PermissionError' as const;
  /** Any one of these scopes would do; empty when it is not a matter of scopes. */
  readonly scopes: readonly string[];

  constructor(
    message: string,
    details: ErrorDetails & { readonly scopes?: readonly string[] } = {},
  ) {
    const { scopes = [], ...rest } = details;
    super(message, rest);
    this.scopes = scopes;
  }
}

/** The thing asked for does not exist (any more): an approval code, a Base, a table, an instance, a person. */
export class NotFoundError extends LarkhouseError {
  override readonly name = 'NotFoundError' as const;
}

/** Lark asks to slow down. Every call of that endpoint waits; the call is repeated. */
export class ThrottledError extends LarkhouseError {
  override readonly name = 'ThrottledError' as const;
  /** How long Lark asks to wait, in ms; undefined when it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, details: ErrorDetails & { readonly retryAfterMs?: number } = {}) {
    const { retryAfterMs, ...rest } = details;
    super(message, rest);
    this.retryAfterMs = retryAfterMs;
  }
}

/** The monthly quota is used up, or the limit on requests that this run was given. Stops cleanly. */
export class QuotaError extends LarkhouseError {
  override readonly name = 'QuotaError' as const;
}

/**
 * A passing failure: network, gateway, a busy server, a cut body. Repeated with growing pauses; when it leaves
 * the client, the repetitions are used up.
 */
export class TransientError extends LarkhouseError {
  override readonly name = 'TransientError' as const;
}

/** The token of the current access is no longer accepted. Renewed once, then an AuthError. */
export class TokenError extends LarkhouseError {
  override readonly name = 'TokenError' as const;
}

/** Lark answers something that no repetition will change. */
export class SourceError extends LarkhouseError {
  override readonly name = 'SourceError' as const;
}

/** A page token is refused, repeats or is missing: the listing starts again from its beginning. */
export class PageTokenError extends LarkhouseError {
  override readonly name = 'PageTokenError' as const;
}

/** A record cannot become rows. It is kept in `rejected_records`, and the run goes on. */
export class RecordError extends LarkhouseError {
  override readonly name = 'RecordError' as const;
}

/** The warehouse lacks a table or a column: migrations are pending. */
export class SchemaError extends LarkhouseError {
  override readonly name = 'SchemaError' as const;
}

/** The warehouse cannot be reached, refuses the role, is too old, or is full. */
export class WarehouseError extends LarkhouseError {
  override readonly name = 'WarehouseError' as const;
}

/** Somebody else holds in the warehouse what a stream needs, or ends its statements. */
export class BlockedError extends LarkhouseError {
  override readonly name = 'BlockedError' as const;
}

/** The warehouse has lost what a complete reading gave so far: the partition starts over from its checkpoint. */
export class ReadingLostError extends LarkhouseError {
  override readonly name = 'ReadingLostError' as const;
}

/** So many records of a stream are rejected that something has changed for all of them. */
export class RejectsError extends LarkhouseError {
  override readonly name = 'RejectsError' as const;
}

/** A newer run has taken over this partition, or the lease is lost: whatever this one writes is refused. */
export class FencedError extends LarkhouseError {
  override readonly name = 'FencedError' as const;
}

/** The run was asked to stop, by a signal or its caller. */
export class InterruptedError extends LarkhouseError {
  override readonly name = 'InterruptedError' as const;
}

/** A bug in larkhouse. */
export class InvariantError extends LarkhouseError {
  override readonly name = 'InvariantError' as const;
}

const actions = {
  TokenError: 'renew-token',
  ThrottledError: 'wait',
  TransientError: 'retry',
  PageTokenError: 'restart-listing',
  ReadingLostError: 'restart-partition',
  RecordError: 'reject',
  PermissionError: 'stop-partition',
  NotFoundError: 'stop-partition',
  SourceError: 'stop-partition',
  BlockedError: 'stop-stream',
  RejectsError: 'stop-stream',
  InvariantError: 'stop-stream',
  AuthError: 'stop-source',
  QuotaError: 'stop-source',
  FencedError: 'stop-source',
  InterruptedError: 'stop-source',
  SchemaError: 'stop-run',
  WarehouseError: 'stop-run',
  ConfigError: 'stop-run',
} as const;

export type Action = (typeof actions)[keyof typeof actions];

/** The only place that decides what an error leads to. What larkhouse did not raise is a bug of its stream. */
export function action(error: unknown): Action {
  const known: Readonly<Record<string, Action>> = actions;
  return (error instanceof LarkhouseError ? known[error.name] : undefined) ?? 'stop-stream';
}

/**
 * A copy of the error with more of its circumstances known; those it already has stay. The error itself
 * stays as it is, since several streams may share it. What larkhouse did not raise is given back.
 */
export function locate<E>(error: E, circumstances: Circumstances): E {
  if (!(error instanceof LarkhouseError)) return error;
  // A real Error under the same class, so that whoever prints it knows it for one.
  const copy: E = Object.setPrototypeOf(new Error(error.message), Object.getPrototypeOf(error));
  return Object.defineProperties(copy, {
    ...Object.getOwnPropertyDescriptors(error),
    stack: { value: error.stack, writable: true, configurable: true },
    circumstances: { value: { ...circumstances, ...error.circumstances }, enumerable: true },
  });
}

/** One paragraph for the person who reads it at 3 a.m.: what, where, what to do next. Never a stack. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!(error instanceof LarkhouseError)) return `${error.name}: ${error.message}`;
  const where = Object.entries(error.circumstances)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${places[name] ?? name} ${value}`);
  const place = where.length === 0 ? '' : ` [${where.join(', ')}]`;
  const said = `${error.message}${place}`;
  return error.hint === undefined ? said : `${asSentence(said)} Next: ${error.hint}`;
}

/** The text with a full stop, unless it ends as a sentence does. */
export function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

const places: Readonly<Record<string, string>> = {
  status: 'HTTP',
  code: 'Lark code',
  logId: 'log id',
  sqlstate: 'SQLSTATE',
};
