// Runs the chosen families of tests on a throwaway Postgres: node test/run.ts [unit|integration|faults|browser ...] [--files PATTERN] [--brief]

import { chmod, glob, mkdtemp, readdir, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';
import { run } from 'node:test';
import { dot, spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';
import { isAlive } from '../src/load/embedded/postmaster.ts';
import { removeEmbedded, startEmbedded } from '../src/load/embedded.ts';
import { migrateUp } from '../src/load/migrate.ts';
import { prepareTemplate, serverVariable } from './postgres.ts';

const folderPrefix = 'larkhouse-test-';
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stop.abort());
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string', default: '' },
    brief: { type: 'boolean', default: false },
  },
});
const families = positionals.length === 0 ? ['unit', 'integration', 'faults'] : positionals;
// Each test file is a process of its own: compiling the same sources again would take most of its time.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../node_modules/.cache/compiled');
process.exitCode = await main(families, values.files);

async function main(families: readonly string[], pattern: string): Promise<number> {
  const files = await testFiles(families, pattern);
  if (files.length === 0) {
    console.error(
      `no test file in ${families.join(', ')}${pattern === '' ? '' : ` matches ${pattern}`}`,
    );
    return 1;
  }
  // Unit tests have no database.
  return files.every((file) => file.startsWith('test/unit/'))
    ? await runTests(files)
    : await withPostgres(() => runTests(files));
}

async function testFiles(families: readonly string[], pattern: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const family of families) {
    for await (const file of glob(`test/${family}/**/*.test.ts`)) files.push(file);
  }
  return files.filter((file) => file.includes(pattern) || matchesGlob(file, pattern)).sort();
}

/** Gives the runner's exit code: 0 when tests ran and all of them passed. */
async function runTests(files: readonly string[]): Promise<number> {
  let executed = 0;
  let success = true;
  const events = run({
    files: [...files],
    concurrency: availableParallelism(),
    signal: stop.signal,
  });
  // A file counts as a test of the same name; those within it are what matters.
  const count = ({ name }: { name: string }): void => {
    if (!files.includes(name)) executed += 1;
  };
  events.on('test:pass', count);
  events.on('test:fail', (event) => {
    count(event);
    success = false;
  });
  const report = events.compose(values.brief ? dot : new spec());
  for await (const text of report) process.stdout.write(String(text));
  if (stop.signal.aborted) return 130;
  if (executed === 0) console.error('no test was executed');
  else if (values.brief) console.log(`${executed} tests`);
  return success && executed > 0 ? 0 : 1;
}

async function withPostgres(work: () => Promise<number>): Promise<number> {
  await removeLeftovers();
  const directory = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  try {
    // As root, Postgres runs as another user, who has to pass through.
    await chmod(directory, 0o711);
    const binaries = process.env['PG_BIN'];
    const server = await startEmbedded({
      directory,
      durable: false,
      ...(binaries ? { binaries } : {}),
    });
    process.env[serverVariable] = server.url;
    await prepareTemplate(async (url) => {
      await migrateUp(url, 'lark');
    });
    return stop.signal.aborted ? 130 : await work();
  } finally {
    await removeEmbedded(directory);
    await rm(directory, { recursive: true, force: true });
  }
}

/** Servers of runs that were killed before they could clean up. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (
      !name.startsWith(folderPrefix) ||
      isAlive(Number.parseInt(name.slice(folderPrefix.length), 10))
    )
      continue;
    const directory = join(tmpdir(), name);
    await removeEmbedded(directory).catch(() => undefined);
    await rm(directory, { recursive: true, force: true }).catch(() => undefined);
  }
}
