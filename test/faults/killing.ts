// Kills a run at a moment that the wire or the tenant sees. The product has no hooks for this.

import assert from 'node:assert/strict';
import type { Fault } from '../../src/demo/faults.ts';
import type { Moment } from './moments.ts';
import type { Ended, Running, Trial } from './scene.ts';

/** Starts a run and kills it at this moment: the message itself gets no further. */
export async function killedAt(trial: Trial, moment: Moment): Promise<Ended> {
  void trial.wire.at(moment, async () => {
    running.kill();
    return 'drop';
  });
  const running = trial.start();
  return killedOne(running);
}

/** Starts a run and kills it when it sends its nth request to the endpoint. */
export async function killedAsking(trial: Trial, endpoint: string, nth = 1): Promise<Ended> {
  const { faults } = trial.world.tenant;
  if (nth > 1) faults.next(endpoint, {}, nth - 1);
  const kill: Fault = { before: () => running.kill(), send: () => undefined };
  faults.next(endpoint, kill);
  const running = trial.start();
  return killedOne(running);
}

async function killedOne(running: Running): Promise<Ended> {
  const ended = await running.ended;
  assert.equal(ended.signal, 'SIGKILL', `the moment never came:\n${ended.stderr}`);
  return ended;
}
