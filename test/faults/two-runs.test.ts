import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { holdAsking } from './holding.ts';
import { commitBegins, copyPiece, type Moment, mergeBegins } from './moments.ts';
import { streamsOf } from './scene/process.ts';
import { type Snapshot, snapshotOf } from './scene/snapshot.ts';
import { type Running, startScene, type Trial } from './scene.ts';

const scene = await startScene();
after(() => scene.close());

test('fault 18: a second run of the same source finds it held, says so, exits 0 and leaves no trace', async () => {
  const trial = await scene.trial();
  const { asked, release } = holdAsking(scene.tenant, 'base.records.search');
  const first = trial.start();
  await asked;
  const second = await trial.run();
  assert.deepEqual([second.code, second.report?.['status']], [0, 'skipped']);
  assert.deepEqual(streamsOf(second)['base.records']?.['warnings'], [
    'another run holds source acme',
  ]);
  release();
  assert.equal((await first.ended).code, 0);
  assert.equal((await trial.rows('select from lark.sync_runs where run_id > 1')).length, 1);
  await trial.prove();
});

test('fault 18: of three runs started at once one works, or they work one after the other', async () => {
  const trial = await scene.trial();
  const all = await Promise.all([trial.run(), trial.run(), trial.run()]);
  const statuses = all.map(({ report }) => String(report?.['status']));
  assert.ok(statuses.includes('complete'));
  assert.deepEqual(
    statuses.filter((status) => status !== 'complete' && status !== 'skipped'),
    [],
  );
  await trial.prove();
});

test('fault 18: runs that create the tables at the same moment both find them there', async () => {
  const trial = await scene.trial({ holding: 'no tables' });
  const all = await Promise.all([trial.run(), trial.run()]);
  for (const { code, stderr } of all) assert.equal(code, 0, stderr);
  await trial.prove();
});

/** What another run may have taken over is looked at with who wrote it and when. */
async function everything(trial: Trial): Promise<readonly unknown[]> {
  const { tables, cursors }: Snapshot = await snapshotOf(trial.pool);
  return [tables, cursors, await trial.rows('select * from lark.sync_cursors order by 1, 2, 3')];
}

/** Stops the process; its connections are cut, as by whoever keeps it from holding the source for ever. */
function freeze(trial: Trial, running: Running): void {
  running.process.kill('SIGSTOP');
  trial.wire.cutAll();
}

/** Another run does all there is to do; then the process wakes and must find nothing left to write. */
async function takenOver(trial: Trial, frozen: Running): Promise<void> {
  const second = await trial.run(['sync', '--json'], { direct: true });
  assert.equal(second.code, 0, second.stdout);
  const before = await everything(trial);
  frozen.process.kill('SIGCONT');
  const { code } = await frozen.ended;
  assert.equal(code, 1);
  assert.deepEqual(await everything(trial), before);
}

const moments: Readonly<Record<string, Moment>> = {
  'in the middle of a COPY': copyPiece('base_records'),
  'before a merge': mergeBegins('approval_instances'),
  'before COMMIT': commitBegins('contact_users'),
};

for (const [where, moment] of Object.entries(moments)) {
  test(`fault 19: a run that was stopped ${where} and wakes after another took over writes nothing`, async () => {
    const trial = await scene.trial();
    const stopped = trial.wire.at(moment, async () => {
      freeze(trial, running);
      return 'drop';
    });
    const running = trial.start();
    await stopped;
    await takenOver(trial, running);
    await trial.prove();
  });
}

test('fault 19: a run that wakes with its connections whole but its source taken over is fenced off', async () => {
  const trial = await scene.trial();
  const { asked, release } = holdAsking(scene.tenant, 'base.records.search');
  const running = trial.start(['sync', 'base.records', '--json']);
  await asked;
  running.process.kill('SIGSTOP');
  await trial.rows(
    `select pg_terminate_backend(pid) from pg_locks
where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
  );
  const second = await trial.run(['sync', '--json'], { direct: true });
  assert.equal(second.code, 0, second.stdout);
  const before = await everything(trial);
  running.process.kill('SIGCONT');
  release();
  const ended = await running.ended;
  assert.equal(ended.code, 1);
  assert.match(String(streamsOf(ended)['base.records']?.['error']), /newer run|lease/);
  assert.deepEqual(await everything(trial), before);
  await trial.prove();
});
