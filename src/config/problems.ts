// The schema's verdicts in the words of whoever wrote the file. Never quotes a value.

import type { z } from 'zod';
import type { Problem } from '../errors.ts';
import { formatPath, type Path } from './path.ts';
import { suggest } from './suggest.ts';

/** The message of a problem that is about the key, not about its value. */
export const unknownKey = 'is not a known key';

type Issue = z.core.$ZodIssue;

/** One problem an issue; one a key where an issue names several unknown keys. */
export function problemsOf(issues: readonly Issue[], parent: Path = []): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue, [...parent, ...issue.path]));
}

function problemsOfIssue(issue: Issue, path: Path): Problem[] {
  const problem = (message: string, suggestion?: string): Problem[] => [
    { path: formatPath(path), message, ...(suggestion === undefined ? {} : { suggestion }) },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, issue.message, path);
    case 'invalid_value':
      return problem(...choiceProblem(issue.input, issue.values));
    case 'invalid_union':
      return 'options' in issue
        ? problem(...choiceProblem(memberOf(issue.input, path.at(-1)), issue.options ?? []))
        : unionProblems(issue, path);
    case 'invalid_type':
      return problem(typeProblem(issue));
    default:
      return problem(issue.message);
  }
}

/** `accepted` is the message that `mapping` gives to unknown keys: the accepted ones. */
function unknownKeys(keys: readonly string[], accepted: string, path: Path): Problem[] {
  return keys.map((key) => ({
    path: formatPath([...path, key]),
    message: unknownKey,
    suggestion: suggest(key, accepted.split(', ')),
  }));
}

function choiceProblem(given: unknown, options: readonly unknown[]): [string, string] {
  const accepted = options.map(String);
  if (given === undefined) return ['is required', `accepted: ${accepted.join(', ')}`];
  const suggestion = suggest(typeof given === 'string' ? given : '', accepted);
  return [given === null ? 'is empty' : 'is not an accepted value', suggestion];
}

/** A union without a key that tells its forms apart is judged by the form that was meant. */
function unionProblems(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): Problem[] {
  const meant = issue.errors.find(
    (branch) => !branch.some((inner) => inner.code === 'invalid_type' && inner.path.length === 0),
  );
  if (meant !== undefined) return problemsOf(meant, path);
  return [{ path: formatPath(path), message: absence(issue.input) ?? issue.message }];
}

function typeProblem(issue: Extract<Issue, { code: 'invalid_type' }>): string {
  const { expected, input, message } = issue;
  if (expected === 'string' && typeof input === 'number') {
    return 'must be a text: quote it, since a number loses leading zeros and long digits';
  }
  if (expected === 'string' && typeof input === 'boolean') return 'must be a text: quote it';
  const form = forms[expected] ?? message;
  return input === null ? `is empty: it ${form}` : (absence(input) ?? form);
}

function absence(input: unknown): string | undefined {
  if (input === undefined) return 'is required';
  return input === null ? 'is empty' : undefined;
}

const forms: Readonly<Record<string, string>> = {
  array: 'must be a list',
  record: 'must be a mapping',
  string: 'must be a text',
};

function memberOf(value: unknown, name: PropertyKey | undefined): unknown {
  if (typeof value !== 'object' || value === null || name === undefined) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
