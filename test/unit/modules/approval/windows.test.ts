import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { windowsOf } from '../../../../src/modules/approval/windows.ts';

const tenHours = 36_000_000;

test('windows cover a span without a gap, none longer than ten hours', () => {
  const time = fc.integer({ min: 0, max: 10_000_000_000 });
  fc.assert(
    fc.property(time, time, (from, span) => {
      const windows = [...windowsOf(from, from + span)];
      let reached = from;
      for (const window of windows) {
        assert.equal(window.from, reached);
        assert.ok(window.to > window.from && window.to - window.from <= tenHours);
        reached = window.to;
      }
      assert.equal(reached, from + span);
    }),
  );
});

test('an empty span has no window', () => {
  assert.deepEqual([...windowsOf(5, 5)], []);
});
