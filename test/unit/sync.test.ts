// What a program that imports the library takes in with it: nothing of a terminal, nothing that ends or
// steers its process.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const entry = new URL('src/index.ts', root);

interface Reached {
  /** Texts by names within the repository. */
  readonly files: ReadonlyMap<string, string>;
  readonly packages: ReadonlySet<string>;
}

/** Everything that the entry imports when it is loaded or runs, and what that imports; types do not count. */
function reach(): Reached {
  const files = new Map<string, string>();
  const packages = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    const name = relative(fileURLToPath(root), fileURLToPath(file));
    if (files.has(name)) continue;
    const text = readFileSync(file, 'utf8');
    files.set(name, text);
    for (const specifier of importsOf(text)) {
      if (specifier.startsWith('.')) open.push(new URL(specifier, file));
      else packages.add(specifier);
    }
  }
  return { files, packages };
}

function importsOf(text: string): string[] {
  const fixed = text.matchAll(/^(?:import|export)\s(?!type\s)(?:[^;'"]*?\sfrom\s+)?'([^']+)'/gm);
  const late = text.matchAll(/\bimport\('([^']+)'\)/g);
  return [...fixed, ...late].map(([, specifier = '']) => specifier);
}

const { files, packages } = reach();

test('the library reaches the engine, and through it the packages that it needs', () => {
  for (const name of ['src/replicate.ts', 'src/load/embedded.ts', 'src/cli/views/every.ts']) {
    assert.ok(files.has(name), name);
  }
  for (const name of ['pg', 'undici', 'knex', 'zod']) assert.ok(packages.has(name), name);
});

test('the library reaches nothing that draws, parses arguments or logs', () => {
  const terminal = ['yargs', 'log-update', 'cli-table3', 'pino', 'node:readline/promises'];
  assert.deepEqual(
    terminal.filter((name) => packages.has(name)),
    [],
  );
  const within = /^src\/cli\/(?:(?:display|summary|commands)\/|(?:shell|interrupt|crash|main)\.ts)/;
  assert.deepEqual(
    [...files.keys()].filter((name) => within.test(name)),
    [],
  );
});

test('nothing of the library exits, listens to or writes through the process of its caller', () => {
  const forbidden =
    /\bprocess\.(?:exit|abort|on|once|stdin|stdout|stderr|chdir|exitCode)\b|\bconsole\.\w/;
  const found = [...files].filter(([, text]) => forbidden.test(text)).map(([name]) => name);
  assert.deepEqual(found, []);
});
