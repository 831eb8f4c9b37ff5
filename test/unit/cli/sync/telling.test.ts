import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Scrubber } from '../../../../src/cli/scrub.ts';
import type { RunEvent } from '../../../../src/cli/sync/events.ts';
import { telling } from '../../../../src/cli/sync/telling.ts';
import { newProgress } from '../../../../src/progress.ts';
import { streamReport } from '../summary/fixture.ts';

const finished = { ...streamReport(), source: 'acme', status: 'incomplete' } as const;

test('how far a stream is, is told twice a second from its start to its end', async () => {
  mock.timers.enable({ apis: ['setInterval'] });
  const events: RunEvent[] = [];
  const told = telling((event) => void events.push(event), new Scrubber());
  mock.timers.tick(2000);
  assert.equal(events.length, 0);
  const progress = newProgress('acme', 'base.records');
  told.started(progress);
  progress.requests = 3;
  progress.waitedMs = 1500;
  mock.timers.tick(500);
  progress.expected = 40;
  mock.timers.tick(500);
  await told.finished(finished, new Map());
  mock.timers.tick(2000);
  told.close();
  mock.timers.reset();
  assert.deepEqual(
    events.map(({ type }) => type),
    ['started', 'progress', 'progress', 'finished'],
  );
  const [, first, second] = events;
  assert.ok(first?.type === 'progress' && second?.type === 'progress');
  const { source, stream, requests, waited_seconds, expected } = first;
  assert.deepEqual(
    { source, stream, requests, waited_seconds, expected },
    { source: 'acme', stream: 'base.records', requests: 3, waited_seconds: 1.5, expected: null },
  );
  assert.equal(second.expected, 40);
});

test('what a stream ended with is told without secrets', async () => {
  const scrubber = new Scrubber();
  scrubber.register(['the-secret-of-acme']);
  const events: RunEvent[] = [];
  const told = telling((event) => void events.push(event), scrubber);
  const texts = { error: 'refused the-secret-of-acme', warnings: ['saw the-secret-of-acme'] };
  await told.finished({ ...finished, ...texts }, new Map());
  told.close();
  const [event] = events;
  assert.ok(event?.type === 'finished');
  assert.deepEqual([event.error, event.warnings], ['refused [secret]', ['saw [secret]']]);
});
