import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricsText } from '../../../../src/cli/metrics/format.ts';

test('a family has its help, its type and a line a sample, and the text ends with a line end', () => {
  const text = metricsText([
    {
      name: 'larkhouse_rows',
      help: 'Rows.',
      samples: [
        { labels: {}, value: 1.5 },
        { labels: { source: 'acme', kind: 'inserted' }, value: 0 },
      ],
    },
  ]);
  assert.equal(
    text,
    `# HELP larkhouse_rows Rows.
# TYPE larkhouse_rows gauge
larkhouse_rows 1.5
larkhouse_rows{source="acme",kind="inserted"} 0
`,
  );
});

test('quotes, backslashes and line ends of a label are escaped, and those of a help but for quotes', () => {
  const text = metricsText([
    {
      name: 'm',
      help: 'a "b" \\ \n c',
      samples: [{ labels: { name: 'a"b\\c\nd\u0000中' }, value: 1 }],
    },
  ]);
  assert.deepEqual(text.split('\n'), [
    '# HELP m a "b" \\\\ \\n c',
    '# TYPE m gauge',
    'm{name="a\\"b\\\\c\\nd\u0000中"} 1',
    '',
  ]);
});

test('a family without samples is left out, since a type without samples says nothing', () => {
  assert.equal(metricsText([{ name: 'm', help: 'h', samples: [] }]), '');
});

test('infinities and numbers that are none are written as Go reads them', () => {
  const values = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1e21, -0.5];
  const text = metricsText([
    { name: 'm', help: 'h', samples: values.map((value) => ({ labels: {}, value })) },
  ]);
  assert.deepEqual(text.trimEnd().split('\n').slice(2), [
    'm +Inf',
    'm -Inf',
    'm NaN',
    'm 1e+21',
    'm -0.5',
  ]);
});
