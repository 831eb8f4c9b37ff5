import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { printed, streamsIn } from './json.ts';
import { startStage } from './stage.ts';

const stage = await startStage();
after(() => stage.close());

test('the demo serves a tenant that a sync without configuration reads, until it is interrupted', async () => {
  const { process: served, ended } = stage.start(['demo', '--port', '0']);
  assert.ok(served.stdout !== null);
  const [first] = await once(served.stdout, 'data');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(first))?.[0] ?? '';
  assert.ok(String(first).includes(` larkhouse init --base-url ${url} --app-id cli_`));
  const sync = await stage.run(['sync', 'contact.departments', '--json'], {
    LARKHOUSE_CONFIG: '',
    LARKHOUSE_DEMO_URL: url,
  });
  served.kill('SIGINT');
  assert.equal(sync.code, 0, sync.stderr);
  const departments = streamsIn(printed(sync.stdout), 'demo')['contact.departments'];
  assert.ok(Number(departments?.['inserted']) > 20);
  assert.equal((await ended).code, 0);
});

test('without a configuration and a tenant, a sync simulates one, a working day later each time', async () => {
  const state = async () =>
    JSON.parse(await readFile(join(stage.folder, '.larkhouse/demo.json'), 'utf8'));
  const before = await state();
  const sync = await stage.run(['sync', 'approval.definitions', '--json'], {
    LARKHOUSE_CONFIG: '',
  });
  assert.equal(sync.code, 0, sync.stderr);
  assert.equal(streamsIn(printed(sync.stdout), 'demo')['approval.definitions']?.['inserted'], 3);
  const moved = await state();
  assert.ok(moved.days > before.days);
  const dry = await stage.run(['sync', 'approval.definitions', '--dry-run'], {
    LARKHOUSE_CONFIG: '',
  });
  assert.equal(dry.code, 0, dry.stderr);
  assert.deepEqual(await state(), moved);
});

test('a port that is taken is a usage error', async () => {
  const port = new URL(stage.tenant.url).port;
  const { code, stderr } = await stage.run(['demo', '--port', port]);
  assert.equal(code, 2);
  assert.match(stderr, new RegExp(`port ${port} is taken`));
});

test('stop says so when no embedded Postgres is running', async () => {
  const { code, stdout } = await stage.run(['stop']);
  assert.equal(code, 0);
  assert.equal(stdout, 'The embedded Postgres is not running.\n');
});
