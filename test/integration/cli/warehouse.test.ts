import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { history } from '../../../migrations/history.ts';
import { objectsOf, parseJson } from '../../../src/json.ts';
import { printed } from './json.ts';
import { configuration, startStage } from './stage.ts';

const stage = await startStage();
after(() => stage.close());

test('before the first sync every stream was never fresh', async () => {
  const { code, stdout } = await stage.run(['status']);
  assert.equal(code, 0);
  assert.match(stdout, /^base\.records +never/m);
  assert.match(stdout, /^No run so far\.$/m);
});

test('status tells of each stream how fresh it is, and of the source its calls', async () => {
  assert.equal((await stage.run(['sync', '--quiet'])).code, 0);
  const { stdout } = await stage.run(['status', '--json']);
  const [source] = objectsOf(printed(stdout)['sources']);
  const [usage] = await stage.rows(
    "select sum(requests)::integer as calls from lark.api_usage where endpoint not like 'contact.%'",
  );
  assert.equal(source?.['calls_this_month'], usage?.['calls']);
  const records = objectsOf(source?.['streams']).find(({ stream }) => stream === 'base.records');
  assert.equal(typeof records?.['fresh_at'], 'string');
  assert.equal(objectsOf(printed(stdout)['runs']).length, 1);
  const text = (await stage.run(['status'])).stdout;
  assert.match(text, /^base\.records +just now +complete +20 /m);
});

test('a query prints its rows as a table, as JSON and as CSV', async () => {
  const sql = 'select 1 as one, null as nothing, true as yes, $$a, "b"$$ as text';
  const table = await stage.run(['query', sql]);
  assert.equal(table.code, 0);
  assert.match(table.stdout, /^one {2}nothing {2}yes {2}text\n/);
  assert.match(table.stdout, /\(1 row\)\n$/);
  const json = await stage.run(['query', sql, '--json']);
  assert.deepEqual(parseJson(json.stdout), [{ one: 1, nothing: null, yes: true, text: 'a, "b"' }]);
  const csv = await stage.run(['query', sql, '--csv']);
  assert.equal(csv.stdout, 'one,nothing,yes,text\n1,,t,"a, ""b"""\n');
});

test('a query finds the tables without their schema', async () => {
  const { stdout } = await stage.run(['query', 'select count(*) as n from base_records', '--csv']);
  assert.equal(stdout, 'n\n20\n');
});

const refused: readonly (readonly [sql: string, message: RegExp])[] = [
  ['delete from base_records', /read-only transaction/],
  ['commit; delete from base_records', /one statement at a time/],
  ['select nothing from base_records', /column "nothing" does not exist, at character 8/],
  ['select * from base_record', /relation "base_record" does not exist/],
];

for (const [sql, message] of refused) {
  test(`the query "${sql}" is refused and changes nothing`, async () => {
    const { code, stdout, stderr } = await stage.run(['query', sql]);
    assert.notEqual(code, 0);
    assert.equal(stdout, '');
    assert.match(stderr, message);
    assert.equal((await stage.rows('select from lark.base_records')).length, 20);
  });
}

test('migrations go up, are listed, and go down only when that is confirmed', async () => {
  const yaml = configuration(stage.company, stage.tenant.url);
  await stage.configure(yaml.replace('warehouse:', 'warehouse:\n  schema: elsewhere'));
  assert.match((await stage.run(['migrate', 'status'])).stdout, /^001_control +pending$/m);
  assert.match(
    (await stage.run(['migrate', 'up'])).stdout,
    /^Applied to schema elsewhere: 001_control/,
  );
  assert.match((await stage.run(['migrate', 'up'])).stdout, /up to date/);
  const unasked = await stage.run(['migrate', 'down']);
  assert.equal(unasked.code, 2);
  assert.match(unasked.stderr, /add --yes/);
  const { code, stdout } = await stage.run(['migrate', 'down', '--yes', '--json']);
  assert.equal(code, 0);
  assert.deepEqual(parseJson(stdout), { reverted: Object.keys(history).slice(-1) });
  await stage.configure(yaml);
});

test('rows that cross a network without TLS are told of by check, and not again by each sync', async () => {
  const far = new URL(stage.url);
  // This machine, by none of its names.
  far.hostname = '0.0.0.0';
  far.searchParams.set('ssl', '0');
  const env = { DATABASE_URL: far.href };
  const synced = await stage.run(['sync', 'contact'], env);
  assert.equal(synced.code, 0, synced.stderr);
  assert.doesNotMatch(synced.stderr, /no TLS/);
  const { code, stdout } = await stage.run(['check', '--json'], env);
  assert.equal(code, 0);
  const warned = objectsOf(printed(stdout)['checks']).filter(({ detail }) =>
    String(detail).startsWith('no TLS'),
  );
  assert.deepEqual(
    warned.map(({ check, status }) => [check, status]),
    [['warehouse', 'warning']],
  );
});
