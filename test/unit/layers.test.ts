// Proves that biome.json rejects an import across layers, by one run of Biome over files that try.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { after, before, test } from 'node:test';

interface Layer {
  readonly file: string;
  readonly may: readonly string[];
  readonly mayNot: readonly string[];
}

const layers: readonly Layer[] = [
  { file: 'src/stream.ts', may: ['./json.ts'], mayNot: ['node:fs', './transform/columns.ts'] },
  { file: 'src/errors.ts', may: ['./json.ts'], mayNot: ['node:fs', './run.ts'] },
  { file: 'src/json.ts', may: ['./errors.ts'], mayNot: ['zod'] },
  {
    file: 'src/replicate.ts',
    may: ['./stream.ts', './transform/batches.ts', './transform/toll.ts', 'node:stream'],
    mayNot: ['pg', 'undici', './load/sink.ts', './modules/index.ts', './transform/columns.ts'],
  },
  {
    file: 'src/run.ts',
    may: ['./replicate.ts', './errors.ts', 'node:timers/promises'],
    mayNot: [
      './index.ts',
      './sync.ts',
      './load/sink.ts',
      './config/load.ts',
      './cli/main.js',
      './demo/server.ts',
      'knex',
    ],
  },
  {
    file: 'src/transform/rows.ts',
    may: ['./columns.ts', '../stream.ts', '../json.ts'],
    mayNot: ['node:crypto', 'node:fs/promises', 'zod', '../load/copy.ts', '../run.ts'],
  },
  {
    file: 'src/extract/lark.ts',
    may: ['undici', 'p-queue', 'stream-json', 'stream-json/parser.js', 'node:zlib', '../errors.ts'],
    mayNot: ['pg', 'knex', '../load/sink.ts', '../modules/index.ts', '../config/load.ts'],
  },
  {
    file: 'src/extract/http/retry.ts',
    may: ['../token.ts', '../../errors.ts'],
    mayNot: ['../../load/sink.ts', '../../cli/main.js', 'pg-copy-streams'],
  },
  {
    file: 'src/load/sink.ts',
    may: ['pg', 'pg-copy-streams', 'knex', 'node:net', '../stream.ts', '../../migrations/index.ts'],
    mayNot: ['undici', '../extract/lark.ts', '../modules/index.ts', '../cli/main.js'],
  },
  {
    file: 'src/load/embedded/home.ts',
    may: ['./account.ts', '../pool.ts', '../../errors.ts', 'node:fs/promises'],
    mayNot: ['../../demo/server.ts', '../../extract/lark.ts', '../../transform/columns.ts'],
  },
  {
    file: 'src/views/base.ts',
    may: ['./names.ts', '../load/identifier.ts', '../json.ts', 'pg'],
    mayNot: ['undici', '../extract/lark.ts', '../modules/index.ts', '../cli/main.js'],
  },
  {
    file: 'src/modules/index.ts',
    may: ['./contact/users.ts', '../stream.ts', '../transform/columns.ts'],
    mayNot: ['../load/sink.ts', '../extract/lark.ts', 'node:fs'],
  },
  {
    file: 'src/modules/contact/users.ts',
    may: ['./departments.ts', '../catalog.ts', '../../stream.ts', '../../transform/columns.ts'],
    mayNot: [
      '../approval/instances.ts',
      '../../transform/batches.ts',
      '../../load/sink.ts',
      '../../extract/lark.ts',
      'node:crypto',
      'yaml',
    ],
  },
  {
    file: 'src/config/load.ts',
    may: ['zod', 'yaml', 'fastest-levenshtein', 'node:fs/promises', '../errors.ts'],
    mayNot: ['pg', 'undici', '../load/sink.ts', '../cli/main.js'],
  },
  {
    file: 'src/demo/server.ts',
    may: ['node:http', './api/contact.ts'],
    mayNot: ['undici', '../extract/lark.ts', '../errors.ts'],
  },
  {
    file: 'src/demo/api/contact.ts',
    may: ['../json.ts', '../company/people.ts'],
    mayNot: ['../../json.ts', '../../modules/index.ts'],
  },
  {
    file: 'migrations/0001_contact.ts',
    may: ['knex', './comments.ts'],
    mayNot: ['pg', '../src/stream.ts', 'node:fs'],
  },
  { file: 'src/new/file.ts', may: ['../stream.ts', 'node:fs'], mayNot: ['pg', '../load/sink.ts'] },
  { file: 'src/sync.ts', may: ['./cli/scrub.ts', './config/file.ts'], mayNot: [] },
  { file: 'src/cli/main.js', may: ['yargs', '../load/sink.ts', '../demo/server.ts'], mayNot: [] },
];

const readsEnvironment = ['src/load/pool.ts', 'src/extract/token.ts', 'src/cli/sync.ts'];

let folder: string;
let complaints: ReadonlySet<string>;

before(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'larkhouse-layers-')));
  await copyFile('biome.json', join(folder, 'biome.json'));
  for (const { file, may, mayNot } of layers) {
    await put(
      file,
      [...may, ...mayNot].map((name) => `import '${name}';`),
    );
  }
  for (const file of [...readsEnvironment, 'src/config/environment.ts']) {
    await put(file, ["export const home: unknown = process.env['HOME'];"]);
  }
  await put('src/load/forgotten.ts', ['export function f(): void {', 'Promise.resolve(1);', '}']);
  complaints = await lint();
});

after(() => rm(folder, { recursive: true }));

for (const { file, may, mayNot } of layers) {
  const lineOf = (name: string): string => `${file}:${[...may, ...mayNot].indexOf(name) + 1}`;

  test(`${file} may import ${may.join(', ')}`, () => {
    assert.deepEqual(
      may.filter((name) => complaints.has(`noRestrictedImports ${lineOf(name)}`)),
      [],
    );
  });

  for (const name of mayNot) {
    test(`${file} may not import ${name}`, () => {
      assert.ok(complaints.has(`noRestrictedImports ${lineOf(name)}`));
    });
  }
}

test('only the configuration reads the environment', () => {
  const readers = [...complaints].filter((complaint) => complaint.startsWith('noProcessEnv'));
  assert.deepEqual(readers.sort(), readsEnvironment.map((file) => `noProcessEnv ${file}:1`).sort());
});

test('a promise that nobody awaits is rejected', () => {
  assert.ok(complaints.has('noFloatingPromises src/load/forgotten.ts:2'));
});

async function put(file: string, lines: readonly string[]): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), `${lines.join('\n')}\n`);
}

/** Biome's findings as `rule file:line`. */
async function lint(): Promise<ReadonlySet<string>> {
  const biome = resolve('node_modules/.bin/biome');
  const args = ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', '.'];
  const report = await new Promise<string>((done) => {
    execFile(biome, args, { cwd: folder }, (_exit, stdout) => done(stdout));
  });
  const found = report.matchAll(/^::\w+ title=lint\/\w+\/(\w+),file=([^,]+),line=(\d+)/gm);
  return new Set(
    Array.from(
      found,
      ([, rule, file, line]) => `${rule} ${relative(folder, resolve(folder, file ?? ''))}:${line}`,
    ),
  );
}
