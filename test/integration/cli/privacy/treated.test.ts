// Personal values that are treated from the first, by reading, reading again and replaying.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { keyedHash } from '../../../../src/cli/privacy/treating.ts';
import { configuration } from '../stage.ts';
import {
  canariesIn,
  env,
  hashKey,
  startAviary,
  sync,
  tables,
  treating,
  treatingAll,
} from './canaries.ts';

const stage = await startAviary();
after(() => stage.close());
await treatingAll(stage, (type) => {
  if (type === 'numeric') return '{ round: 1 }';
  return type === 'text' || type === 'jsonb' ? 'hash' : 'drop';
});
assert.equal((await sync(stage)).code, 0);

/** Every row of every table, with its version. */
async function contents(): Promise<unknown> {
  const all: unknown[] = [];
  for (const { name, bookkeeping } of tables) {
    if (bookkeeping === true) continue;
    all.push(await stage.rows(`select xmin::text, t.* from lark.${name} t order by t.*`));
  }
  return all;
}

test('nothing that is personal is in any table, but for a number without decimals', async () => {
  assert.deepEqual(await canariesIn(stage), ['48151623']);
  const rows = await stage.rows('select distinct longitude, latitude from lark.attendance_flows');
  assert.deepEqual(rows, [{ longitude: '121.5', latitude: '37.4' }]);
});

test('a hash is that of the value by the key of the configuration', async () => {
  const rows = await stage.rows(
    "select distinct mobile, avatar #>> '{}' as avatar from lark.contact_users",
  );
  assert.deepEqual(rows, [
    {
      mobile: keyedHash(hashKey, '+86 canary-mobile'),
      avatar: keyedHash(hashKey, '{"avatar_72":"https://acme.invalid/canary-avatar"}'),
    },
  ]);
});

test('reading everything again changes nothing', async () => {
  const before = await contents();
  const { code, streams } = await sync(stage, '--full');
  assert.equal(code, 0);
  for (const [name, { updated, inserted }] of Object.entries(streams)) {
    assert.deepEqual([updated, inserted], [0, 0], name);
  }
  assert.deepEqual(await contents(), before);
});

test('a replay leaves rows whose payload was not kept as they are', async () => {
  const before = await contents();
  const { code, stdout, stderr } = await stage.run(['replay', '--json'], env);
  assert.equal(code, 0, `${stdout}${stderr}`);
  assert.deepEqual(await contents(), before);
});

test('a replay treats rows whose payload was kept, and hashes nothing twice', async () => {
  await stage.configure(configuration(stage.company, stage.tenant.url));
  assert.equal((await sync(stage, '--full', 'contact')).code, 0);
  await treating(stage, ['contact_users.mobile: hash', 'contact_users.payload: drop']);
  for (let time = 0; time < 2; time += 1) {
    assert.equal((await stage.run(['replay'], env)).code, 0);
    assert.deepEqual(
      await stage.rows('select distinct mobile, email, payload from lark.contact_users'),
      [
        {
          mobile: keyedHash(hashKey, '+86 canary-mobile'),
          email: 'canary-email@acme.invalid',
          payload: null,
        },
      ],
    );
  }
});

test('check says what is treated', async () => {
  const { stdout } = await stage.run(['check'], env);
  assert.match(
    stdout,
    /privacy \(not stored as Lark gives them: contact_users\.mobile, contact_users\.payload\)/,
  );
});

test('a name that there is not stops every command before anything is done', async () => {
  await treating(stage, ['contact_users.mobil: drop']);
  for (const args of [['sync'], ['plan'], ['views'], ['migrate', 'up']]) {
    const { code, stderr } = await stage.run(args, env);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /privacy\.columns\["contact_users\.mobil"\]: contact_users has no column mobil \(did you mean mobile\?\)/,
    );
  }
});
