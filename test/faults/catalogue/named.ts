// Which tests prove which fault, read from the sources of the tests: `test('fault 7: ..`.

import { glob, readFile } from 'node:fs/promises';

export interface Named {
  /** Undefined where it differs from case to case. */
  readonly fault: number | undefined;
  /** The name after the number, with an ellipsis for each part that differs from case to case. */
  readonly name: string;
}

const inQuotes = /\btest\(\s*'fault (\d+): ((?:\\.|[^'\\])*)'/gs;
const inTemplate = /\btest\(\s*`fault (\d+|\$\{[^}]*\}): ((?:\\.|[^`\\])*)`/gs;

/** All of them once, by number and then by name. `root` is the folder of the project. */
export async function namedTests(root: URL): Promise<readonly Named[]> {
  const found = new Map<string, Named>();
  for await (const file of glob('test/faults/**/*.test.ts', { cwd: root })) {
    for (const named of namedIn(await readFile(new URL(file, root), 'utf8'))) {
      found.set(`${named.fault} ${named.name}`, named);
    }
  }
  return [...found.values()].sort(
    (one, other) => (one.fault ?? 0) - (other.fault ?? 0) || (one.name < other.name ? -1 : 1),
  );
}

function namedIn(source: string): readonly Named[] {
  const all = [...source.matchAll(inQuotes), ...source.matchAll(inTemplate)];
  return all.map(([, fault = '', name = '']) => ({
    fault: /^\d+$/.test(fault) ? Number(fault) : undefined,
    name: name.replace(/\$\{[^}]*\}/g, '…').replace(/\\(.)/g, '$1'),
  }));
}

/** Whether a test that ran is a case of this one, for this fault. */
export function isCaseOf({ fault, name }: Named, title: string, number: number): boolean {
  if (fault !== undefined && fault !== number) return false;
  const parts = name.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^fault ${number}: ${parts.join('.+')}$`, 's').test(title);
}
