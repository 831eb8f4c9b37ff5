import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { formatLines, type LineState } from '../../../../src/cli/display/line.ts';

const idle: LineState = {
  name: 'contact.users',
  phase: 'waiting',
  records: 0,
  rows: 0,
  rate: 0,
  requests: 0,
  waited: 0,
  expected: undefined,
  left: undefined,
};

const states: readonly LineState[] = [
  {
    ...idle,
    name: 'contact.departments',
    phase: 'complete',
    records: 28,
    rows: 28,
    rate: 93,
    requests: 2,
  },
  {
    ...idle,
    name: 'approval.instances',
    phase: 'reading',
    records: 450,
    rows: 12_345,
    rate: 1234.5,
    requests: 1234,
    waited: 61,
    expected: 1000,
    left: 83.2,
  },
  { ...idle, name: 'base.records', phase: 'incomplete', rows: 3 },
  { ...idle, name: 'attendance.flows' },
];

const plain = { color: false, frame: 0 };

test('at 80 columns a line has everything: rows, speed, calls, waits, time left, bar', () => {
  assert.deepEqual(formatLines(states, { ...plain, width: 79 }), [
    '                         rows  rows/s  calls  waited     ETA',
    '✔ contact.departments      28      93      2',
    '⠋ approval.instances   12,345   1,235  1,234   1m01s  ≥1m23s  ███░░░░░  ≤45%',
    '✖ base.records              3       0      0',
    '· attendance.flows',
  ]);
});

test('at 60 columns the bar is left out, and the longest names are cut short', () => {
  assert.deepEqual(formatLines(states, { ...plain, width: 59 }), [
    '                        rows  rows/s  calls  waited     ETA',
    '✔ contact.departmen…      28      93      2',
    '⠋ approval.instances  12,345   1,235  1,234   1m01s  ≥1m23s',
    '✖ base.records             3       0      0',
    '· attendance.flows',
  ]);
});

test('what becomes known moves nothing that was there', () => {
  const before = states.map((state) => ({ ...state, expected: undefined, left: undefined }));
  for (const width of [79, 59, 39]) {
    const known = formatLines(states, { ...plain, width });
    const lines = formatLines(before, { ...plain, width });
    for (const [at, line] of lines.entries()) assert.ok(known[at]?.startsWith(line), line);
  }
});

test('what is still to come may be more than was announced, and is told as such until nothing is', () => {
  const [, state] = states;
  assert.ok(state !== undefined);
  const lineOf = (given: Partial<LineState>): string =>
    formatLines([{ ...state, ...given }], { ...plain, width: 79 })[1] ?? '';
  assert.match(lineOf({ left: 0.2 }), / ≥1s {2}/);
  assert.match(lineOf({ records: 1000 }), / ≤100%$/);
  assert.doesNotMatch(lineOf({ phase: 'complete' }), /%|≥/);
  assert.doesNotMatch(lineOf({ phase: 'interrupted' }), /%|≥/);
});

test('no line is ever wider than the terminal, whatever the names and numbers are', () => {
  const long = {
    ...states[1],
    name: '销售/approval.instances.with.a.long.name',
    rows: 1e12,
    waited: 1e6,
  };
  const many = [...states, { ...idle, ...long }];
  for (let width = 4; width < 130; width += 1) {
    for (const line of formatLines(many, { color: true, frame: 3, width })) {
      assert.ok(stringWidth(stripVTControlCharacters(line)) <= width, `${width}: ${line}`);
    }
  }
});

test('without a total there is neither a bar nor a time left', () => {
  const unknown = states.map((state) => ({ ...state, expected: undefined, left: undefined }));
  assert.doesNotMatch(formatLines(unknown, { ...plain, width: 79 }).join('\n'), /█|░|≥|≤/);
});

test('a total that was told too low does not break the bar', () => {
  const [, state] = states;
  assert.ok(state !== undefined);
  const [, line = ''] = formatLines([{ ...state, expected: 100 }], { ...plain, width: 79 });
  assert.match(line, /█{8} ≤100%/);
});

test('colours are only added, and only when they are wanted', () => {
  const colored = formatLines(states, { color: true, frame: 0, width: 79 });
  assert.notEqual(colored.join(), colored.map(stripVTControlCharacters).join());
  assert.deepEqual(
    colored.map(stripVTControlCharacters),
    formatLines(states, { ...plain, width: 79 }),
  );
});
