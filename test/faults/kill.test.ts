import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { killedAsking, killedAt } from './killing.ts';
import {
  commitBegins,
  commitEnds,
  copyBegins,
  copyEnds,
  copyPiece,
  cursorMoves,
  type Moment,
  mergeBegins,
  mergeEnds,
  ownedGo,
  statement,
  sweepBegins,
  sweepEnds,
} from './moments.ts';
import { startScene } from './scene.ts';
import { shareOf } from './share.ts';

const scene = await startScene();
after(() => scene.close());

const requests: Readonly<Record<string, readonly [endpoint: string, nth?: number]>> = {
  'asking for a token': ['auth.tenant_access_token.internal'],
  'asking for the first page of people': ['contact.users.find_by_department'],
  'asking for the second page of a table': ['base.records.search', 2],
  'in the middle of a fan-out of details': ['approval.instances.get', 5],
  'asking whether missing records are gone': ['base.records.batch_get'],
  'between two partitions': ['base.records.search', 3],
};

for (const [where, [endpoint, nth]] of Object.entries(requests)) {
  test(`fault 1: killed ${where}, a run leaves only whole batches, and the next completes them`, async () => {
    const trial = await scene.trial();
    await killedAsking(trial, endpoint, nth);
    await trial.prove();
  });
}

/** Moments of a run, as the statements on the wire tell them. */
const moments: Readonly<Record<string, Moment>> = {
  'as its row in sync_runs is written': statement(/^insert into "lark"\."sync_runs"/),
  'at the beginning of a COPY': copyBegins('base_records'),
  'in the middle of a COPY': copyPiece('base_records'),
  'at the end of a COPY': copyEnds('attendance_flows'),
  'before a merge': mergeBegins('base_records'),
  'after a merge': mergeEnds('approval_tasks'),
  'deleting rows of their owners': ownedGo('approval_timeline'),
  'moving a cursor': cursorMoves('approval_instances'),
  'after COMMIT but before its answer': commitEnds('approval_instances'),
  'before COMMIT': commitBegins('approval_instances'),
  'before a sweep': sweepBegins('base_records'),
  'after a sweep but before its COMMIT': sweepEnds('contact_users'),
  'before the COMMIT of a sweep': commitBegins('attendance_flows'),
  'recording what a stream did': statement(/^insert into "lark"\."sync_stream_runs"/),
  'recording its own end': statement(/^update "lark"\."sync_runs"/),
};

for (const [where, moment] of shareOf(Object.entries(moments))) {
  test(`fault 1: killed ${where}, a run leaves only whole batches, and the next completes them`, async () => {
    const trial = await scene.trial();
    await killedAt(trial, moment);
    await trial.prove();
  });
}

test('fault 1: what was committed before a kill is not asked for again', async () => {
  const trial = await scene.trial();
  const [first, second] = scene.company.has.bases[0]?.tables ?? [];
  assert.ok(first !== undefined && second !== undefined);
  await killedAsking(trial, 'base.records.search', 3);
  const { requests: asked } = scene.tenant;
  asked.clear();
  const clean = trial.start(['sync', '--json'], { direct: true });
  await clean.ended;
  const urls = asked.entries.map(({ url }) => url).filter((url) => url.includes('/records/search'));
  assert.equal(urls.filter((url) => url.includes(first.table_id)).length, 0);
  assert.equal(urls.filter((url) => url.includes(second.table_id)).length, 1);
  await trial.prove();
});

test('fault 1: instances committed before a kill without an answer to COMMIT are not asked for again', async () => {
  const trial = await scene.trial();
  await killedAt(trial, commitEnds('approval_instances'));
  const stored = await trial.rows<{ code: string }>(
    "select instance_code as code from lark.approval_instances where start_time > '2026-03-02T08:00Z'",
  );
  assert.ok(stored.length > 0);
  const { requests: asked } = scene.tenant;
  asked.clear();
  await trial.run(['sync', '--json'], { direct: true });
  const again = asked.entries.filter(({ url }) => stored.some(({ code }) => url.includes(code)));
  assert.deepEqual(again, []);
  await trial.prove();
});
