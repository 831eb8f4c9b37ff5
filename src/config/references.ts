// Environment references in the file's texts: ${NAME} and ${NAME:-default}; $$ is one dollar.
// They are resolved in parsed values, so that no value of the environment can become YAML.

import type { Problem } from '../errors.ts';
import { formatPath, type Path } from './path.ts';

export interface Resolved {
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** What a value of the file stands for. A text with a problem stays as it was written. */
export function resolveReferences(
  value: unknown,
  env: NodeJS.ProcessEnv,
  path: Path = [],
): Resolved {
  if (typeof value === 'string') return resolveText(value, env, path);
  if (Array.isArray(value)) {
    const members = value.map((member, position) =>
      resolveReferences(member, env, [...path, position]),
    );
    return { value: members.map((member) => member.value), problems: problemsOf(members) };
  }
  if (typeof value !== 'object' || value === null) return { value, problems: [] };
  const names = Object.keys(value);
  const members = Object.entries(value).map(([name, member]) =>
    resolveReferences(member, env, [...path, name]),
  );
  const entries = members.map((member, position) => [names[position] ?? '', member.value]);
  return { value: Object.fromEntries(entries), problems: problemsOf(members) };
}

function problemsOf(members: readonly Resolved[]): Problem[] {
  return members.flatMap((member) => member.problems);
}

const reference = /\$\$|\$\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\})?/g;

function resolveText(written: string, env: NodeJS.ProcessEnv, path: Path): Resolved {
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
  if (problems.length === 0 && value.startsWith('sealed:')) {
    report('sealed values are not supported yet', `read it from the environment: \${NAME}`);
  }
  return { value: problems.length === 0 ? value : written, problems };
}

const malformed = 'holds ${ without a variable that can be read';

function defaultHint(name: string): string {
  return `set it, or write \${${name}:-default} to do without`;
}
