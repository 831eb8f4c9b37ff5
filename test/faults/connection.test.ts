import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { holdAsking } from './holding.ts';
import {
  commitBegins,
  commitEnds,
  copyBegins,
  copyPiece,
  cursorMoves,
  type Moment,
  mergeBegins,
  mergeEnds,
  nthTime,
  statement,
  sweepBegins,
  sweepEnds,
} from './moments.ts';
import { unfinishedIn } from './scene/process.ts';
import { startScene } from './scene.ts';
import { shareOf } from './share.ts';

const scene = await startScene();
after(() => scene.close());

const moments: readonly (readonly [where: string, how: 'reset' | 'ended', moment: Moment])[] = [
  ['while a partition is opened', 'reset', statement(/^insert into "lark"\."sync_cursors"/)],
  ['at the beginning of a COPY', 'ended', copyBegins('attendance_flows')],
  ['in the middle of a COPY', 'reset', copyPiece('base_records')],
  ['before a merge', 'ended', mergeBegins('base_records')],
  ['after a merge', 'reset', mergeEnds('approval_instances')],
  ['moving a cursor', 'reset', nthTime(2, cursorMoves('approval_instances'))],
  ['before a sweep', 'reset', sweepBegins('base_records')],
  ['after a sweep', 'ended', sweepEnds('attendance_flows')],
  ['before COMMIT', 'reset', commitBegins('base_records')],
  ['after COMMIT but before its answer', 'reset', commitEnds('base_records')],
  ['recording what a stream did', 'reset', statement(/^insert into "lark"\."sync_stream_runs"/)],
  ['recording the end of the run', 'reset', statement(/^update "lark"\."sync_runs"/)],
];

for (const [where, how, moment] of shareOf(moments)) {
  test(`fault 4: a connection to Postgres that is ${how} ${where} is replaced, and the run completes`, async () => {
    const trial = await scene.trial();
    const cut = trial.wire.at(moment, how === 'reset' ? 'reset' : 'end');
    const ended = await trial.run();
    await cut;
    assert.deepEqual([ended.code, unfinishedIn(ended)], [0, []]);
    await trial.prove();
  });
}

test('fault 4: all connections reset at once are replaced, and the run completes', async () => {
  const trial = await scene.trial();
  const cut = trial.wire.at(mergeBegins('base_records'), async () => {
    trial.wire.cutAll();
    return 'drop';
  });
  const ended = await trial.run();
  await cut;
  assert.deepEqual([ended.code, unfinishedIn(ended)], [0, []]);
  await trial.prove();
});

test('fault 4: a connection that goes silent holds up no other stream, and when it is given up its stream goes on', async () => {
  const trial = await scene.trial();
  const silent = trial.wire.at(mergeBegins('attendance_flows'), 'stall');
  const running = trial.start();
  await Promise.all([silent, running.says(/"base\.records","status":"complete"/)]);
  trial.wire.giveUp();
  assert.deepEqual(unfinishedIn(await running.ended), []);
  await trial.prove();
});

test('fault 4: the system probes silent connections, so that a peer that vanished is noticed', async () => {
  const trial = await scene.trial();
  const { asked, release } = holdAsking(scene.tenant, 'base.records.search');
  const running = trial.start();
  await asked;
  let unprobed = await unprobedTo(new URL(trial.wire.url).port);
  // Others have something to say first.
  for (let tries = 0; unprobed > 0 && tries < 100; tries += 1) {
    await pause(20);
    unprobed = await unprobedTo(new URL(trial.wire.url).port);
  }
  assert.equal(unprobed, 0);
  release();
  assert.deepEqual(unfinishedIn(await running.ended), []);
  await trial.prove();
});

/**
 * Connections to a port of this machine that Linux does not probe after ten seconds of silence, or which are
 * not silent; elsewhere there are none.
 */
async function unprobedTo(port: string): Promise<number> {
  const table = await readFile('/proc/net/tcp', 'utf8').catch(() => '');
  const hex = Number(port).toString(16).toUpperCase().padStart(4, '0');
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/));
  const open = rows.filter(([, , to = '', state]) => to.endsWith(`:${hex}`) && state === '01');
  const probed = open.filter(([, , , , , timer = '']) => {
    const [kind, when = ''] = timer.split(':');
    return kind === '02' && Number.parseInt(when, 16) <= 1000;
  });
  return open.length - probed.length;
}
