// Kills at random moments, several in a row, and then one clean run. LARKHOUSE_KILLS says how many in
// all (6 unless given), LARKHOUSE_SEED where the random numbers begin.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../integration/history/random.ts';
import { type Holding, startScene, type Trial } from './scene.ts';

const kills = Number(process.env['LARKHOUSE_KILLS'] ?? 6);
const firstSeed = Number(process.env['LARKHOUSE_SEED'] ?? 1);
const inARow = 3;
/** More than a run has, so that some end before they are killed. */
const mostMessages = 5000;
const longestDelayMs = 40;
const holdings: readonly Holding[] = ['past', 'nothing', 'past', 'no tables'];

const scene = await startScene();
after(() => scene.close());

for (let seed = firstSeed; seed < firstSeed + kills / inARow; seed += 1) {
  test(`fault 1: killed ${inARow} times in a row at random moments (seed ${seed}), runs lose and invent nothing`, async () => {
    const random = new Random(seed);
    const trial = await scene.trial({ holding: holdings[seed % holdings.length] ?? 'past' });
    for (let count = 0; count < inARow; count += 1) await killedSometime(trial, random);
    await trial.prove();
  });
}

/** Kills a run a little after some message; a run that has fewer messages ends well. */
async function killedSometime(trial: Trial, random: Random): Promise<void> {
  const left = random.int(1, mostMessages);
  const delay = random.int(0, longestDelayMs);
  let passed = 0;
  trial.wire.watch(() => {
    passed += 1;
    if (passed === left) void pause(delay).then(() => running.kill());
  });
  const running = trial.start();
  const { code, signal, stderr } = await running.ended;
  if (signal !== 'SIGKILL') assert.equal(code, 0, stderr);
}
