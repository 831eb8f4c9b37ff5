import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { commitBegins, commitEnds, copyPiece, type Moment, mergeEnds } from './moments.ts';
import { unfinishedIn } from './scene/process.ts';
import { startScene } from './scene.ts';
import { ownServer } from './server.ts';

const server = await ownServer();
const scene = await startScene();
after(async () => {
  await scene.close();
  await server.remove();
});

const moments: Readonly<Record<string, readonly [stream: string, moment: Moment]>> = {
  'in the middle of a COPY': ['base.records', copyPiece('base_records')],
  'after a merge': ['contact.users', mergeEnds('contact_users')],
  'before COMMIT': ['approval.instances', commitBegins('approval_instances')],
  'after COMMIT but before its answer': ['base.records', commitEnds('base_records')],
};

for (const [where, [stream, moment]] of Object.entries(moments)) {
  test(`fault 3: Postgres is restarted ${where}, and the stream goes on when it is back`, async () => {
    const trial = await scene.trial();
    const restarted = trial.wire.at(moment, async () => {
      await server.restart();
      return 'pass';
    });
    const ended = await trial.run(['sync', stream, '--json']);
    await restarted;
    assert.deepEqual(unfinishedIn(ended), []);
    await trial.prove();
  });
}

test('fault 3: Postgres is restarted while all streams are at work, and the run completes', async () => {
  const trial = await scene.trial();
  const restarted = trial.wire.at(commitBegins('contact_users'), async () => {
    await server.restart();
    return 'pass';
  });
  const ended = await trial.run();
  await restarted;
  assert.deepEqual([ended.code, unfinishedIn(ended)], [0, []]);
  await trial.prove();
});

test('fault 3: Postgres crashes in the middle of a run: what was committed stays, and the rest follows', async () => {
  const trial = await scene.trial();
  // The server of tests acknowledges what a crash may lose; no warehouse of anybody's should.
  await trial.rows(
    `alter database ${new URL(trial.url).pathname.slice(1)} set synchronous_commit = on`,
  );
  // Postgres writes no log of numbers that a copied database gives out, and after a crash would give them again.
  await trial.rows("select setval('lark.sync_runs_run_id_seq', max(run_id)) from lark.sync_runs");
  const crashed = trial.wire.at(mergeEnds('base_records'), async () => {
    await server.crash();
    return 'pass';
  });
  await trial.run();
  await crashed;
  await trial.prove();
});
