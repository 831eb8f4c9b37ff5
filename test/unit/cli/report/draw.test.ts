import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growth, ranking, singleBars, stackedBars } from '../../../../src/cli/report/charts.ts';
import { draw } from '../../../../src/cli/report/draw.ts';

const days = ['Nov 1', 'Nov 2', 'Nov 3'];

test('a chart is drawn for a phone and for half a screen, and for all of one where it is asked for', () => {
  const option = stackedBars(days, [{ color: '--c1', values: [1, 2, 3] }]);
  const classes = (isFull: boolean): string[] =>
    [
      ...draw('x', option, isFull)
        .toString()
        .matchAll(/<svg class="(\w+)" role="img"/g),
    ].map(([, name = '']) => name);
  assert.deepEqual(classes(false), ['narrow', 'wide']);
  assert.deepEqual(classes(true), ['narrow', 'wide', 'full']);
});

test('a drawing has no style, class or script, and takes its colours from the page', () => {
  const charts = [
    stackedBars(days, [{ color: '--c1', values: [1, 2, 3] }], 2),
    singleBars(days, [{ value: 1, color: '--bad' }]),
    growth(days, [1, 2, null], 10),
    ranking(['a', 'b'], [3, 1]),
  ];
  for (const option of charts) {
    const inside = draw('x', option, false)
      .toString()
      .replace(/<svg class="\w+"/g, '<svg');
    assert.doesNotMatch(inside, / (?:style|class|on\w+)=|<style|<script|ecmeta/);
    assert.match(inside, /var\(--\w+\)/);
    // What is left of colours of echarts' own would stay light in the dark.
    assert.doesNotMatch(inside.replace(/<clipPath.*?<\/clipPath>/g, ''), /(?:fill|stroke)="#/);
  }
});

test('each value is a bar, as high as it says', () => {
  const option = stackedBars(days, [
    { color: '--c1', values: [1, 0, 4] },
    { color: '--c2', values: [1, 2, 0] },
  ]);
  const [narrow = ''] = draw('x', option, false).toString().split('class="wide"');
  const heights = (color: string): number[] =>
    [
      ...narrow.matchAll(
        new RegExp(
          `<path d="M[^"]*? ?[\\d.]+l[\\d.]+ 0l0 -([\\d.]+)l[^"]*" fill="var\\(${color}\\)"`,
          'g',
        ),
      ),
    ].map(([, height]) => Number(height));
  const [one = 0, four = 0, ...none] = heights('--c1');
  assert.deepEqual(none, []);
  assert.ok(Math.abs(four / one - 4) < 0.1, `${one} ${four}`);
  assert.equal(heights('--c2').length, 2);
});

test('a label is escaped', () => {
  const drawing = draw('"><script>', singleBars(['a'], [{ value: 1, color: '--c1' }]), false);
  assert.match(drawing.toString(), /aria-label="&quot;&gt;&lt;script&gt;"/);
});
