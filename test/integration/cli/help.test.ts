import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const entry = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
const run = promisify(execFile);

test('--help names the commands that there are, and none of those that there are not', async () => {
  const { stdout } = await run(process.execPath, [entry, '--help']);
  const named = [...stdout.matchAll(/^ {2}larkhouse (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(named.sort(), [
    'backfill',
    'check',
    'demo',
    'discover',
    'init',
    'migrate',
    'plan',
    'query',
    'replay',
    'report',
    'reset',
    'secret',
    'status',
    'stop',
    'sync',
    'views',
  ]);
});

test('--help loads none of the heavy packages, so that it is fast', async () => {
  const hook = `import { registerHooks } from 'node:module';
registerHooks({ resolve(name, context, next) { console.error('loads', name); return next(name, context); } });`;
  const { stderr } = await run(process.execPath, [
    '--import',
    `data:text/javascript,${encodeURIComponent(hook)}`,
    entry,
    'sync',
    '--help',
  ]);
  const loaded = [...stderr.matchAll(/^loads (.+)$/gm)].map(([, name]) => name);
  assert.ok(loaded.includes('yargs'));
  for (const heavy of [
    'pg',
    'knex',
    'undici',
    'zod',
    'pino',
    'cli-table3',
    'log-update',
    '@clack/prompts',
  ]) {
    assert.ok(!loaded.includes(heavy), `${heavy} is loaded`);
  }
});

test('--version is the version of package.json', async () => {
  const { stdout } = await run(process.execPath, [entry, '--version']);
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
});

test('what a command had to compile is used again by the next', async () => {
  const env = { ...process.env, NODE_COMPILE_CACHE: undefined, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' };
  const version = () => run(process.execPath, [entry, '--version'], { env, maxBuffer: 10_000_000 });
  await version();
  const { stderr } = await version();
  assert.match(stderr, /commands\.ts was accepted/);
});
