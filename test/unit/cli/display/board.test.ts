import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Board } from '../../../../src/cli/display/board.ts';
import { Speed } from '../../../../src/cli/display/speed.ts';
import { newProgress } from '../../../../src/progress.ts';

const counts = { records: 0, inserted: 0, updated: 0, unchanged: 0, deleted: 0, rejected: 0 };

test('streams are shown in the order of the plan, from the beginning on', () => {
  const board = new Board();
  board.plan([
    { source: 'acme', stream: 'base.tables' },
    { source: 'acme', stream: 'base.records' },
  ]);
  board.start(newProgress('acme', 'base.records'));
  const states = board.states(performance.now());
  assert.deepEqual(
    states.map(({ name, phase }) => [name, phase]),
    [
      ['base.tables', 'waiting'],
      ['base.records', 'reading'],
    ],
  );
});

test('with several sources each line names its own', () => {
  const board = new Board();
  board.plan([
    { source: 'acme', stream: 'base.tables' },
    { source: 'other', stream: 'base.tables' },
  ]);
  board.end({ source: 'other', stream: 'base.tables' }, 'skipped', 0);
  assert.deepEqual(
    board.states(0).map(({ name, phase }) => [name, phase]),
    [
      ['acme/base.tables', 'waiting'],
      ['other/base.tables', 'skipped'],
    ],
  );
});

test('the time left follows from the records so far', () => {
  const board = new Board();
  board.plan([{ source: 'acme', stream: 'base.records' }]);
  const progress = newProgress('acme', 'base.records');
  board.start(progress);
  progress.expected = 100;
  assert.equal(board.states(progress.startedAt + 1000)[0]?.left, undefined);
  progress.counts = { ...counts, records: 20, inserted: 15, unchanged: 5 };
  const [state] = board.states(progress.startedAt + 2000);
  assert.equal(Math.round(state?.left ?? 0), 8);
  assert.equal(state?.rows, 20);
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
