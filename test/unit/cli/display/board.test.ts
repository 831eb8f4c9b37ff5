import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Board } from '../../../../src/cli/display/board.ts';
import { Speed } from '../../../../src/cli/display/speed.ts';
import type { RunEvent } from '../../../../src/cli/sync/events.ts';
import { streamReport } from '../summary/fixture.ts';

const records = { source: 'acme', stream: 'base.records' };

function boardAfter(events: readonly RunEvent[]): Board {
  const board = new Board();
  for (const event of events) board.note(event);
  return board;
}

function progress(seconds: number, given: object = {}): RunEvent {
  const { status, error, warnings, ...counts } = streamReport();
  const none = { ...counts, expected: null, waited_seconds: 0 };
  return { type: 'progress', ...none, ...records, seconds, ...given };
}

test('streams are shown in the order of the plan, from the beginning on', () => {
  const board = boardAfter([
    { type: 'planned', streams: [{ source: 'acme', stream: 'base.tables' }, records] },
    { type: 'started', ...records },
  ]);
  assert.deepEqual(
    board.states().map(({ name, phase }) => [name, phase]),
    [
      ['base.tables', 'waiting'],
      ['base.records', 'reading'],
    ],
  );
});

test('with several sources each line names its own', () => {
  const other = { source: 'other', stream: 'base.records' };
  const board = boardAfter([
    { type: 'planned', streams: [records, other] },
    { type: 'skipped', ...other, reason: 'busy' },
  ]);
  assert.deepEqual(
    board.states().map(({ name, phase }) => [name, phase]),
    [
      ['acme/base.records', 'waiting'],
      ['other/base.records', 'skipped'],
    ],
  );
});

test('the time left follows from the records so far, and is unknown without any, without a total, or after it', () => {
  const board = boardAfter([
    { type: 'planned', streams: [records] },
    { type: 'started', ...records },
    progress(1, { expected: 100 }),
  ]);
  assert.equal(board.states()[0]?.left, undefined);
  board.note(progress(2, { expected: 100, records: 20, inserted: 15, unchanged: 5 }));
  const [state] = board.states();
  assert.equal(state?.left, 8);
  assert.equal(state?.rows, 20);
  for (const expected of [null, 30]) {
    board.note(progress(3, { expected, records: 30 }));
    const [now] = board.states();
    assert.deepEqual([now?.left, now?.expected], [undefined, undefined]);
  }
});

test('a stream that has ended shows what its report says, at the speed of all its time', () => {
  const board = boardAfter([
    { type: 'planned', streams: [records] },
    progress(1, { waited_seconds: 3 }),
    {
      type: 'finished',
      source: 'acme',
      ...streamReport({ records: 9, inserted: 40, requests: 7, seconds: 4 }),
    },
  ]);
  const [{ phase, rows, rate, requests, waited } = assert.fail()] = board.states();
  assert.deepEqual(
    { phase, rows, rate, requests, waited },
    { phase: 'complete', rows: 40, rate: 10, requests: 7, waited: 3 },
  );
});

test('a speed is that of the last seconds', () => {
  const speed = new Speed();
  assert.equal(speed.perSecond(), 0);
  for (let second = 0; second <= 20; second += 1)
    speed.note(second * 1000, Math.min(second, 10) * 100);
  assert.equal(speed.perSecond(), 0);
  speed.note(21_000, 1600);
  assert.equal(speed.perSecond(), 120);
});
