import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageOf, plainText } from '../../../../src/cli/notify/message.ts';
import { change, news, streamNews } from './news.ts';

test('a failure names each stream with its error, and those that followed from it in one line', () => {
  const failure = news({
    streams: [
      streamNews('contact.users', { error: 'the app lacks a scope' }),
      streamNews('base.records', { error: 'first\nsecond', rejected: 2 }),
      streamNews('base.apps', { error: 'not read, since the source was stopped: no scope' }),
    ],
  });
  assert.equal(
    plainText(messageOf(failure, 'en-US')),
    `acme: sync failed

contact.users
the app lacks a scope

base.records
first
second
2 records could not become rows

Not read because of that: base.apps

run 7 · 2026-11-22 12:00 UTC · larkhouse status tells more`,
  );
});

test('every event has a title and words in both languages', () => {
  const stale = { event: 'staleness', streams: [streamNews('base.records')] } as const;
  const told = new Date('2026-11-20T08:00:00Z');
  const well = {
    event: 'recovery',
    streams: [streamNews('base.records', { told_at: told })],
  } as const;
  const schema = { event: 'schema_change', changes: [change()] } as const;
  const whole = { source: null, error: 'the warehouse is away' } as const;
  const cases: readonly (readonly [Parameters<typeof news>[0], string, string])[] = [
    [stale, 'acme: data are stale', 'acme：数据已过期'],
    [stale, 'last complete as of 2026-11-21 08:00 UTC', '最近一次完整同步：2026-11-21 08:00 UTC'],
    [well, 'acme: works again', 'acme：已恢复正常'],
    [well, 'the trouble was told at 2026-11-20 08:00 UTC', '2026-11-20 08:00 UTC 曾告警'],
    [schema, 'acme: Bases changed', 'acme：多维表格结构有变化'],
    [schema, 'field "Amount" is now called "Total"', '字段“Amount”改名为“Total”'],
    [whole, 'larkhouse could not run', 'larkhouse 无法运行'],
    [whole, 'the warehouse is away', 'the warehouse is away'],
    [{ source: null, event: 'recovery' }, 'Runs begin again.', '已可正常运行。'],
  ];
  for (const [given, english, chinese] of cases) {
    const text = (locale: 'en-US' | 'zh-CN'): string => plainText(messageOf(news(given), locale));
    assert.ok(text('en-US').includes(english), text('en-US'));
    assert.ok(text('zh-CN').includes(chinese), text('zh-CN'));
  }
});

test('changes are listed by Base and table, the oldest first, with what they were before', () => {
  const changes = [
    change({ what: 'gone', name: 'Old', kind_before: null }),
    change({ what: 'retyped', name: 'Paid', kind: 'Checkbox', kind_before: 'Text' }),
    change({ what: 'renamed', kind: 'Currency' }),
    change({ what: 'new', name: 'Due', kind: 'DateTime', name_before: null, kind_before: null }),
    change({
      table_id: 'tbl2',
      table_name: 'Leads',
      field_id: null,
      what: 'new',
      kind: null,
      name: 'Leads',
    }),
  ];
  const [orders, leads] = messageOf(news({ event: 'schema_change', changes }), 'en-US').sections;
  assert.deepEqual(orders?.lines, [
    'Sales / Orders',
    'new field "Due" (DateTime)',
    'field "Amount" is now called "Total", now Currency (was Number)',
    'field "Paid", now Checkbox (was Text)',
    'field "Old" is gone',
  ]);
  assert.deepEqual(leads?.lines, ['Sales / Leads', 'new table "Leads"']);
});

test('a message has an end: long lines are cut, and what is too much is counted', () => {
  const error = Array.from({ length: 30 }, () => '错'.repeat(1000)).join('\n');
  const streams = Array.from({ length: 40 }, (_, index) => streamNews(`x.s${index}`, { error }));
  const { sections } = messageOf(news({ streams }), 'en-US');
  const kept = sections.slice(0, -1).flatMap(({ lines }) => lines);
  assert.ok(kept.length > 5 && kept.every((line) => [...line].length === 400));
  assert.deepEqual(sections.at(-1)?.lines, [`and ${40 * 30 - kept.length} more`]);
});
