// A check as data: what is tried, and what else can be tried once that has worked.

import { describe, PermissionError } from '../../errors.ts';
import { type ConsoleApp, scopesAddress, thenPublish } from './console.ts';
import { recommended } from './permissions.ts';

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
  /** The scope that would spare the warning. */
  readonly lacks?: string;
  /** Checks that make sense now. */
  readonly next?: readonly Check[];
}

export interface Finding {
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly detail: string;
  /** Any one of these would do, where a scope is missing. */
  readonly scopes?: readonly string[];
  /** The one of them to add. */
  readonly add?: string;
}

/** Runs the checks one after another, those that follow from one right after it. */
export async function* findings(
  checks: readonly Check[],
  signal: AbortSignal,
  app?: ConsoleApp,
): AsyncGenerator<Finding> {
  for (const check of checks) {
    signal.throwIfAborted();
    const { finding, next } = await findingOf(check, app);
    yield finding;
    yield* findings(next, signal, app);
  }
}

async function findingOf(
  check: Check,
  app: ConsoleApp | undefined,
): Promise<{ readonly finding: Finding; readonly next: readonly Check[] }> {
  const { name } = check;
  try {
    const { detail = '', warning, lacks, next = [] } = await check.run();
    const status = warning === undefined ? 'ok' : 'warning';
    const finding = { check: name, status, detail: warning ?? detail } as const;
    if (lacks === undefined) return { finding, next };
    const said = `${finding.detail} Next: ${adding(lacks, app)}`;
    return { finding: { ...finding, detail: said, scopes: [lacks], add: lacks }, next };
  } catch (error) {
    return { finding: failure(check, error, app), next: [] };
  }
}

function failure({ name, optional }: Check, error: unknown, app: ConsoleApp | undefined): Finding {
  const status = optional === undefined ? 'failed' : 'warning';
  const lost = optional === undefined ? '' : `${optional} `;
  const add = error instanceof PermissionError ? recommended(error.scopes) : undefined;
  if (!(error instanceof PermissionError) || add === undefined) {
    return { check: name, status, detail: `${lost}${describe(error)}` };
  }
  const detail = `${lost}${describe(lacking(error, add, app))}`;
  return { check: name, status, detail, scopes: error.scopes, add };
}

/** The error in fewer words than Lark's, with the page where the scope is added. */
function lacking(
  { message, circumstances: { code, logId }, scopes }: PermissionError,
  add: string,
  app: ConsoleApp | undefined,
): PermissionError {
  const others = scopes.filter((scope) => scope !== add);
  const also = others.length === 0 ? '' : ` (${others.join(' or ')} would do, too)`;
  // Without a code it is a finding of ours, which says more than that.
  const said = code === undefined ? message : `the app lacks the scope ${add}${also}`;
  return new PermissionError(said, {
    ...(code === undefined ? {} : { code }),
    ...(logId === undefined ? {} : { logId }),
    hint: adding(add, app),
  });
}

function adding(scope: string, app: ConsoleApp | undefined): string {
  const where = app === undefined ? 'to the app' : `at ${scopesAddress(app, [scope])}`;
  return `add ${scope} ${where} and ${thenPublish}`;
}
