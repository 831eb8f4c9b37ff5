import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const entry = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));
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

test('an older Node is told by a sentence', async () => {
  const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.18.0' } });`;
  const { engines } = JSON.parse(
    await readFile(new URL('../../../package.json', import.meta.url), 'utf8'),
  );
  const args = ['--import', `data:text/javascript,${encodeURIComponent(older)}`, entry, '--help'];
  await assert.rejects(run(process.execPath, args), {
    code: 2,
    stdout: '',
    stderr: RegExp(`^larkhouse: it needs Node ${engines.node.slice('>='.length)} or newer.*\\n$`),
  });
});

/** Without a cache that the tests' own process may have. */
const env = { ...process.env, NODE_COMPILE_CACHE: undefined };

test('a second command does without the translator of TypeScript, which takes long to load', async () => {
  const hook = `process.on('exit', () => console.error(process.moduleLoadList.join('\\n')));`;
  const loadedBy = async (...args: readonly string[]): Promise<string> => {
    const all = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, ...args];
    return (await run(process.execPath, all, { env })).stderr;
  };
  const translator = /internal\/deps\/amaro/;
  assert.match(await loadedBy('--input-type=module-typescript', '--eval', '0'), translator);
  await run(process.execPath, [entry, '--help'], { env });
  assert.doesNotMatch(await loadedBy(entry, '--help'), translator);
});

test('what a command had to compile is used again by the next', async () => {
  const debugged = { ...env, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' };
  const options = { env: debugged, maxBuffer: 10_000_000 };
  const version = () => run(process.execPath, [entry, '--version'], options);
  await version();
  const { stderr } = await version();
  assert.match(stderr, /commands\.ts was accepted/);
});
