import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBlock } from '../../../../src/cli/display/block.ts';
import { formatLines, type LineState } from '../../../../src/cli/display/line.ts';

const style = { width: 79, color: false, frame: 0 };

function streams(...phases: readonly LineState['phase'][]): LineState[] {
  const none = { records: 0, rows: 0, rate: 0, requests: 0, waited: 0 };
  return phases.map((phase, at) => ({
    ...none,
    name: `base.${at}`,
    phase,
    expected: undefined,
    left: undefined,
  }));
}

test('streams that fit are all shown', () => {
  const states = streams('complete', 'reading', 'waiting');
  assert.deepEqual(formatBlock(states, 4, style), formatLines(states, style));
});

test('of more streams than fit those under way are shown, then those that wait, and how many are not', () => {
  const states = streams('complete', 'waiting', 'complete', 'reading', 'waiting', 'reading');
  const block = formatBlock(states, 5, style);
  assert.equal(block.length, 5);
  assert.deepEqual(
    block.slice(1, -1).map((line) => /base\.\d/.exec(line)?.[0]),
    ['base.1', 'base.3', 'base.5'],
  );
  assert.equal(block.at(-1), '  and 3 more streams');
});

test('where there is no room for a title and a line nothing is drawn', () => {
  assert.deepEqual(formatBlock(streams('reading'), 1, style), []);
  assert.deepEqual(formatBlock([], 20, style), []);
});
