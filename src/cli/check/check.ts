// A check as data: what is tried, and what else can be tried once that has worked.

import { describe, PermissionError } from '../../errors.ts';

export interface Check {
  /** What is tried, e.g. `approval.instances.list of 7C46..`. */
  readonly name: string;
  /** What is lost without it. A failure is then a warning only. */
  readonly optional?: string;
  /** Throws what is wrong. */
  run(): Promise<Passed>;
}

export interface Passed {
  /** What was found. */
  readonly detail?: string;
  /** Works, but the operator should know this. */
  readonly warning?: string;
  /** Checks that make sense now. */
  readonly next?: readonly Check[];
}

export interface Finding {
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly detail: string;
  /** Any one of these would do, where a scope is missing. */
  readonly scopes?: readonly string[];
}

/** Runs the checks one after another, those that follow from one right after it. */
export async function* findings(
  checks: readonly Check[],
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  for (const check of checks) {
    signal.throwIfAborted();
    const { finding, next } = await findingOf(check);
    yield finding;
    yield* findings(next, signal);
  }
}

async function findingOf(
  check: Check,
): Promise<{ readonly finding: Finding; readonly next: readonly Check[] }> {
  const { name, optional } = check;
  try {
    const { detail = '', warning, next = [] } = await check.run();
    const status = warning === undefined ? 'ok' : 'warning';
    return { finding: { check: name, status, detail: warning ?? detail }, next };
  } catch (error) {
    const scopes = error instanceof PermissionError ? error.scopes : [];
    const lost = optional === undefined ? '' : `${optional} `;
    const finding: Finding = {
      check: name,
      status: optional === undefined ? 'failed' : 'warning',
      detail: `${lost}${describe(error)}`,
      ...(scopes.length === 0 ? {} : { scopes }),
    };
    return { finding, next: [] };
  }
}
