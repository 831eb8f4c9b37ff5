import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { objectsOf } from '../../../src/json.ts';
import { openLease, sourceLock } from '../../../src/load/lease.ts';
import { printed, streamsIn } from './json.ts';
import { configuration, sourceYaml, startStage } from './stage.ts';

const stage = await startStage();
after(() => stage.close());

const { company, tenant } = stage;
await stage.configure(
  `${configuration(company, tenant.url)}${sourceYaml(company, tenant.url, 'other')}`,
);

const tables = [
  'sync_cursors',
  'approval_definitions',
  'approval_follows',
  'approval_instance_payloads',
  'approval_instances',
  'approval_tasks',
  'attendance_flows',
  'attendance_people',
  'base_apps',
  'base_records',
  'base_tables',
  'contact_users',
];

/** Rows of each table, by source. */
async function rows(): Promise<Record<string, Record<string, number>>> {
  const found: Record<string, Record<string, number>> = { acme: {}, other: {} };
  for (const table of tables) {
    const counts = await stage.rows<{ source: string; n: number }>(
      `select s.source, (select count(*)::integer from lark.${table} t where t.source = s.source) as n
      from (values ('acme'), ('other')) s (source)`,
    );
    for (const { source, n } of counts) found[source] = { ...found[source], [table]: n };
  }
  return found;
}

async function cursorStreams(source: string): Promise<readonly unknown[]> {
  const found = await stage.rows<{ stream: string }>(
    `select distinct stream from lark.sync_cursors where source = '${source}' order by 1`,
  );
  return found.map(({ stream }) => stream);
}

test('without --yes, and where nobody can be asked, a reset is refused and changes nothing', async () => {
  assert.equal((await stage.run(['sync', '--quiet'])).code, 0);
  const before = await rows();
  const { code, stdout, stderr } = await stage.run(['reset', 'base', '--purge']);
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(stderr, /reset forgets rows and has to be confirmed\. Next: add --yes/);
  assert.deepEqual(await rows(), before);
});

test('a reset forgets the cursors of its stream for the named source alone, and keeps every row', async () => {
  const before = await rows();
  const streams = await cursorStreams('other');
  const { code, stdout, stderr } = await stage.run([
    ...['reset', 'base.records', '--source', 'acme', '--yes'],
  ]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^acme +sync_cursors +1$/m);
  assert.match(stdout, /The next sync reads base\.records from the start\./);
  const cursors = (before['acme']?.['sync_cursors'] ?? 0) - 1;
  assert.deepEqual(await rows(), { ...before, acme: { ...before['acme'], sync_cursors: cursors } });
  assert.deepEqual(
    await cursorStreams('acme'),
    streams.filter((stream) => stream !== 'base.records'),
  );
});

test('the next sync reads a reset stream from the start, and finds its rows unchanged', async () => {
  const { stdout } = await stage.run(['sync', 'base', '--source', 'acme', '--json']);
  const records = streamsIn(printed(stdout))['base.records'];
  assert.deepEqual([records?.['records'], records?.['unchanged']], [20, 20]);
});

test('a reset forgets what a stream remembers for itself', async () => {
  const before = await rows();
  const args = ['reset', 'approval.instances', '--source', 'acme', '--yes', '--json'];
  const { code, stdout } = await stage.run(args);
  assert.equal(code, 0);
  const after = await rows();
  const { approval_follows: follows, approval_instances: instances } = after['acme'] ?? {};
  assert.deepEqual([follows, instances], [0, before['acme']?.['approval_instances']]);
  assert.deepEqual(after['other'], before['other']);
  const report = printed(stdout);
  assert.equal(report['purged'], false);
  const [source] = objectsOf(report['sources']);
  assert.deepEqual(objectsOf(source?.['tables']), [
    { table: 'sync_cursors', rows: 1 },
    { table: 'sync_held_deletions', rows: 0 },
    { table: 'approval_follows', rows: 5 },
  ]);
  const sync = printed((await stage.run(['sync', 'approval', '--json'])).stdout);
  assert.equal(streamsIn(sync)['approval.instances']?.['records'], 5);
});

test('a reset keeps what is out of sight with its rows, so that no sweep takes it for deleted', async () => {
  await stage.pool.query(
    `insert into lark.sync_out_of_sight (source, stream, record_key, run_id, hidden_at)
    values ('acme', 'contact.users', '["ou_far"]', 1, now())`,
  );
  const hidden = () => stage.rows('select from lark.sync_out_of_sight');
  assert.equal((await stage.run(['reset', 'contact', '--source', 'acme', '--yes'])).code, 0);
  assert.equal((await hidden()).length, 1);
  const purge = ['reset', 'contact', '--source', 'acme', '--purge', '--yes'];
  assert.equal((await stage.run(purge)).code, 0);
  assert.equal((await hidden()).length, 0);
  assert.equal((await stage.run(['sync', 'contact', '--quiet'])).code, 0);
});

test('with --purge the rows of a module go, and those of no other', async () => {
  const before = await rows();
  const { code } = await stage.run(['reset', 'approval', '--purge', '--source', 'acme', '--yes']);
  assert.equal(code, 0);
  const after = await rows();
  for (const table of tables.slice(1)) {
    const kept = table.startsWith('approval_') ? 0 : before['acme']?.[table];
    assert.equal(after['acme']?.[table], kept, table);
  }
  assert.deepEqual(after['other'], before['other']);
  assert.equal((await stage.run(['sync', '--quiet'])).code, 0);
  assert.deepEqual(await rows(), before);
});

test('while a run holds one of the sources, nothing of any source is forgotten', async () => {
  const before = await rows();
  const lease = await openLease(stage.pool);
  assert.ok(await lease.take(sourceLock('lark', 'other')));
  const { code, stderr } = await stage.run(['reset', 'contact', '--purge', '--yes']);
  await lease.release();
  assert.equal(code, 1);
  assert.match(stderr, /another run holds the source.*\[source other\]/);
  assert.deepEqual(await rows(), before);
});

test('a reset of a stream that does not exist is a usage error', async () => {
  const { code, stderr } = await stage.run(['reset', 'base.record', '--yes']);
  assert.equal(code, 2);
  assert.match(stderr, /did you mean base\.records\?/);
});
