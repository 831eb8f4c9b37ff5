// Environment references in the file's texts: ${NAME} and ${NAME:-default}; $$ is one dollar.
// They are resolved in parsed values, so that no value of the environment can become YAML.

import type { Problem } from '../errors.ts';
import { formatPath, type Path } from './path.ts';
import { secretPlaces } from './places.ts';
import { isSealed } from './sealed.ts';

export interface Resolved {
  /** With a problem: as it was written. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** What the texts at some paths, as they are written, stand for. */
export type Known = ReadonlyMap<string, Resolved>;

/** What a value of the file stands for; what is known already is taken as it is. */
export function resolveReferences(
  value: unknown,
  env: NodeJS.ProcessEnv,
  known: Known = new Map(),
  path: Path = [],
): Resolved {
  if (typeof value === 'string') {
    return known.get(formatPath(path)) ?? unsealed(resolveText(value, env, path), value, path);
  }
  if (Array.isArray(value)) {
    const members = value.map((member, position) =>
      resolveReferences(member, env, known, [...path, position]),
    );
    return { value: members.map((member) => member.value), problems: problemsOf(members) };
  }
  if (typeof value !== 'object' || value === null) return { value, problems: [] };
  const names = Object.keys(value);
  const members = Object.entries(value).map(([name, member]) =>
    resolveReferences(member, env, known, [...path, name]),
  );
  const entries = members.map((member, position) => [names[position] ?? '', member.value]);
  return { value: Object.fromEntries(entries), problems: problemsOf(members) };
}

function problemsOf(members: readonly Resolved[]): Problem[] {
  return members.flatMap((member) => member.problems);
}

const reference = /\$\$|\$\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\})?/g;

/** Whatever else is sealed is a mistake: only what is a secret is opened. */
function unsealed(text: Resolved, written: string, path: Path): Resolved {
  if (typeof text.value !== 'string' || !isSealed(text.value)) return text;
  const message = 'is sealed, and is no secret';
  const suggestion = `write it in the clear; secrets are ${secretPlaces.join(', ')}`;
  return { value: written, problems: [{ path: formatPath(path), message, suggestion }] };
}

/** What one text stands for, by the environment. */
export function resolveText(written: string, env: NodeJS.ProcessEnv, path: Path): Resolved {
  const problems: Problem[] = [];
  const report = (message: string, suggestion: string): void => {
    problems.push({ path: formatPath(path), message, suggestion });
  };
  const value = written.replace(reference, (match, name?: string, fallback?: string) => {
    if (match === '$$') return '$';
    if (name === undefined) {
      report(malformed, `write \${NAME} or \${NAME:-default}; $$ stands for a dollar itself`);
      return match;
    }
    const found = env[name];
    if (fallback !== undefined) {
      return found === undefined || found === '' ? fallback.replaceAll('$$', '$') : found;
    }
    if (found === undefined) {
      report(`the environment variable ${name} is not set`, defaultHint(name));
    }
    return found ?? match;
  });
  return { value: problems.length === 0 ? value : written, problems };
}

const malformed = 'holds ${ without a variable that can be read';

function defaultHint(name: string): string {
  return `set it, or write \${${name}:-default} to do without`;
}
