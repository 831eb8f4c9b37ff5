import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { throttle } from '../../src/demo/fault-answers.ts';
import { holdAsking } from './holding.ts';
import { commitEnds, copyPiece, type Moment, mergeBegins } from './moments.ts';
import { type Ended, type Running, startScene } from './scene.ts';

const scene = await startScene();
after(() => scene.close());

/** The promise is 10 s; on a machine that does other things as well it may take longer. */
const patienceMs = 20_000;

/** Sends the signal; gives how the run ended, which it does soon, and as interrupted. */
async function interrupted(running: Running, signal: 'SIGTERM' | 'SIGINT'): Promise<Ended> {
  const askedAt = performance.now();
  running.process.kill(signal);
  const late = setTimeout(() => running.kill(), patienceMs);
  const ended = await running.ended;
  clearTimeout(late);
  const seconds = Math.round((performance.now() - askedAt) / 1000);
  assert.equal(
    ended.code,
    130,
    `after ${seconds} s: ${ended.signal}\n${ended.stderr.slice(-2000)}`,
  );
  return ended;
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`fault 2: ${signal} while a page is awaited ends the run, and the next goes on from the last commit`, async () => {
    const trial = await scene.trial();
    const { asked, release } = holdAsking(scene.tenant, 'base.records.search');
    const running = trial.start();
    await asked;
    const { report } = await interrupted(running, signal);
    release();
    assert.equal(report?.['status'], 'interrupted');
    await trial.prove();
  });
}

const moments: Readonly<Record<string, Moment>> = {
  'in the middle of a COPY': copyPiece('base_records'),
  'before a merge': mergeBegins('approval_instances'),
  'while COMMIT is answered': commitEnds('contact_users'),
};

for (const [where, moment] of Object.entries(moments)) {
  test(`fault 2: SIGTERM ${where} ends the run with whole batches`, async () => {
    const trial = await scene.trial();
    const happened = trial.wire.at(moment, async () => {
      running.process.kill('SIGTERM');
      return 'pass';
    });
    const running = trial.start();
    await happened;
    const { code } = await running.ended;
    assert.equal(code, 130);
    await trial.prove();
  });
}

test('fault 2: SIGTERM while the rate limit is waited for ends the run at once', async () => {
  const trial = await scene.trial();
  const { faults } = scene.tenant;
  const answered = Promise.withResolvers<void>();
  const busy = throttle(429, '60');
  faults.next('approval.instances.get', {
    ...busy,
    send(response, { status, headers, body }) {
      response.writeHead(status, headers).end(body, () => answered.resolve());
    },
  });
  const running = trial.start();
  await answered.promise;
  await interrupted(running, 'SIGTERM');
  await trial.prove();
});

const hangs: Readonly<Record<string, Moment>> = {
  'in the middle of a COPY': copyPiece('base_records'),
  'at the answer to COMMIT': commitEnds('approval_instances'),
};

for (const [where, moment] of Object.entries(hangs)) {
  test(`fault 2: SIGTERM while Postgres hangs ${where} ends the run all the same`, async () => {
    const trial = await scene.trial();
    const hung = trial.wire.at(moment, async () => {
      trial.wire.stallAll();
      return 'drop';
    });
    const running = trial.start();
    await hung;
    await interrupted(running, 'SIGTERM');
    trial.wire.cutAll();
    await trial.prove();
  });
}

test('fault 2: a second signal ends the run at once', async () => {
  const trial = await scene.trial();
  const hung = trial.wire.at(mergeBegins('base_records'), async () => {
    trial.wire.stallAll();
    return 'drop';
  });
  const running = trial.start();
  await hung;
  const heard = running.says(/SIGTERM/);
  running.process.kill('SIGTERM');
  await heard;
  running.process.kill('SIGTERM');
  const { code } = await running.ended;
  assert.equal(code, 130);
  trial.wire.cutAll();
  await trial.prove();
});
