import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lanes } from '../../src/lanes.ts';

test('work in one lane runs one after another, also after a failure; other lanes do not wait', async () => {
  const lanes = new Lanes();
  const log: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = lanes.in('a', async () => {
    log.push('first starts');
    await gate.promise;
    log.push('first ends');
    throw new Error('first fails');
  });
  const second = lanes.in('a', async () => {
    log.push('second');
  });
  await lanes.in('b', async () => {
    log.push('other lane');
  });
  await lanes.in(undefined, async () => {
    log.push('no lane');
  });
  gate.resolve();
  await assert.rejects(first, /first fails/);
  await second;
  assert.deepEqual(log, ['first starts', 'other lane', 'no lane', 'first ends', 'second']);
});
