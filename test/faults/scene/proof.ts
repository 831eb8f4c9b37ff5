// The end of every trial: the invariants of the fault catalogue, I1 to I6, one after the other.

import assert from 'node:assert/strict';
import { isEqual, isNotAhead, isNothingLost, isSilent } from './invariants.ts';
import { truthOf } from './oracle.ts';
import type { Ended } from './process.ts';
import {
  agrees,
  controlText,
  countsOnce,
  leavesNoneRunning,
  totalsAfter,
  wasRecorded,
} from './records.ts';
import { snapshotOf } from './snapshot.ts';
import type { Trial } from './trial.ts';

export interface Ending {
  /** Keys of rows that no run can load, of whatever table: runs that meet them are incomplete. */
  readonly rejected?: readonly string[];
}

/** Gives the clean run. */
export async function prove(trial: Trial, { rejected = [] }: Ending): Promise<Ended> {
  const { world, truths, holding, pool } = trial;
  const disturbed = await Promise.all(trial.runs.map(({ ended }) => ended));
  const { hasMoved } = trial;
  const { has } = world.company;
  world.endFaults();
  trial.wire.disarm();
  const before = truths.before(holding);
  const expected = truthOf(has, rejected);
  const truth = await truths.of(holding, world.state, expected);
  if (await hasTables(trial)) {
    const left = await snapshotOf(pool);
    isNothingLost(left, expected);
    if (!hasMoved) isNotAhead(left, before.snapshot, truth.snapshot);
  }
  const last = await trial.run(['sync', '--json'], { direct: true });
  const said = `${last.stdout.slice(0, 2000)}\n${last.stderr.slice(-2000)}`;
  if (rejected.length === 0) assert.equal(last.report?.['status'], 'complete', said);
  const found = await snapshotOf(pool);
  isEqual(found, truth.snapshot, hasMoved);
  isNothingLost(found, expected);
  const all = [...disturbed, last];
  for (const ended of all) await agrees(pool, ended);
  await leavesNoneRunning(pool);
  if (!hasMoved) {
    const totals = await totalsAfter(pool, before.lastRun);
    countsOnce(totals, truth.totals, all.every(wasRecorded));
  }
  await staysSilent(trial, all);
  return last;
}

async function hasTables(trial: Trial): Promise<boolean> {
  const [row] = await trial.rows<{ some: boolean }>(
    "select to_regclass('lark.contact_user_departments') is not null as some",
  );
  return row?.some === true;
}

async function staysSilent(trial: Trial, all: readonly Ended[]): Promise<void> {
  const printed = all.flatMap(({ stdout, stderr }, place) => [
    [`stdout ${place}`, stdout],
    [`stderr ${place}`, stderr],
  ]);
  const texts = {
    ...Object.fromEntries(printed),
    'the process list': trial.argv.join('\n'),
    'the control tables': await controlText(trial.pool),
  };
  isSilent(texts, trial.canaries);
}
