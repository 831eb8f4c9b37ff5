import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { reportPage } from '../../../../src/cli/report/page.ts';
import { noRecords, type Records } from '../../../../src/cli/report/read.ts';
import { change } from '../notify/news.ts';
import { ago, lastRun, overview, source, stream } from '../status/states.ts';

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>'&`;

const records: Records = {
  rows: [
    { source: 'acme', day: '2026-11-21', inserted: 100, updated: 20, deleted: 3 },
    { source: 'acme', day: '2026-11-22', inserted: 70, updated: 0, deleted: 0 },
    { source: 'other', day: '2026-11-22', inserted: 999, updated: 0, deleted: 0 },
  ],
  calls: [
    {
      source: 'acme',
      day: '2026-11-02',
      endpoint: 'approval.instances.get',
      requests: 300,
      throttled: 6,
      errors: 1,
    },
    {
      source: 'acme',
      day: '2026-11-22',
      endpoint: 'contact.users.find_by_department',
      requests: 100,
      throttled: 0,
      errors: 0,
    },
  ],
  runs: [
    {
      run_id: 7,
      started_at: ago(6),
      status: 'incomplete',
      command: 'sync',
      version: '0.1.0',
      seconds: 65,
      error: hostile,
      records: 10,
      rows: 8,
      requests: 12,
    },
  ],
  rejects: [
    {
      source: 'acme',
      stream: 'base.records',
      reason: hostile,
      sqlstate: '22008',
      records: 4,
      oldest_at: ago(600),
      newest_at: ago(6),
    },
  ],
  changes: [change({ name: hostile, table_name: hostile, app_name: hostile })],
  sizes: [
    { table: 'base_records', rows: 1234, bytes: 5 * 1024 ** 2 },
    { table: 'sync_runs', rows: 7, bytes: 16 * 1024 },
  ],
};

const state = overview({
  sources: [
    source({
      calls_this_month: 300,
      monthly_calls: 1000,
      calls_left: 700,
      streams: [
        stream('base.records', { last_run: lastRun({ status: 'incomplete', error: hostile }) }),
      ],
    }),
  ],
});

/** The page as text: tags gone, entities read, blanks as one. */
function textOf(page: string): string {
  return page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, ' ');
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

test('the policy permits the style sheet by its hash, and nothing else', () => {
  const page = reportPage(state, records);
  const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  const [, sheet = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
  const hash = createHash('sha256').update(sheet).digest('base64');
  assert.equal(
    policy.replaceAll('&#39;', "'"),
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
  const tags = page.match(/<[^>]*>/g)?.join('') ?? '';
  assert.doesNotMatch(page, /<script|<link|<iframe|<object|<base|@import|url\((?!#)/);
  assert.doesNotMatch(tags, /\s(?:style|href|src|on\w+)=/);
});

test('whatever a tenant calls its things is shown as it is, and is never a part of the page', () => {
  const page = reportPage(state, records);
  assert.ok(!page.includes('<script') && !page.includes('<img'));
  const shown = textOf(page).split(hostile).length - 1;
  assert.ok(shown >= 5, `shown ${shown} times`);
});

test('the numbers of the warehouse are in the page as text', () => {
  const text = textOf(reportPage(state, records));
  for (const said of [
    '170 rows new, 20 changed and 3 deleted in 31 days; most on Nov 21, 123.',
    '400 calls in 31 days, most of them approval.instances.get; Lark refused 6 (1.5 %) because of its rate limits.',
    '300 of 1,000 calls (30 %) so far; at this pace about 419 by the end of the month.',
    'approval.instances.get 300 6 1 1,000 a minute, 50 a second counts',
    'contact.users.find_by_department 100 0 0 1,000 a minute, 50 a second free',
    '2 tables in schema lark take 5 MB with their indexes; base_records takes most, 5 MB.',
    'The only run so far: 1 failed, the longest took 1 m 05 s.',
    '1 of 1 stream needs a look.',
  ]) {
    assert.ok(text.includes(said), said);
  }
  assert.ok(!text.includes('999'));
});

test('a first sync that outgrows all other days is cut off in the chart, and the page says so', () => {
  const rows = [
    { source: 'acme', day: '2026-11-01', inserted: 9000, updated: 0, deleted: 0 },
    { source: 'acme', day: '2026-11-22', inserted: 40, updated: 0, deleted: 0 },
  ];
  const text = textOf(reportPage(state, { ...records, rows }));
  assert.ok(text.includes('most on Nov 1, 9,000, which the chart cuts off.'));
});

test('more than a quota is said to be more', () => {
  const sources = [source({ calls_this_month: 900, monthly_calls: 1000, calls_left: 100 })];
  const text = textOf(reportPage(overview({ sources }), records));
  assert.match(text, /about 1,256 by the end of the month, which is more than the quota\./);
});

test('a warehouse in which nothing ran makes a page that says so', () => {
  const sources = [
    source({ streams: [stream('base.records', { fresh_at: null, last_run: null })] }),
  ];
  const page = reportPage(overview({ sources, runs: [] }), noRecords);
  assert.match(textOf(page), /Nothing has run so far\./);
  assert.doesNotMatch(page, /<figure/);
});

test('when every stream is complete and nothing waits, the page says so first', () => {
  const text = textOf(reportPage(overview(), noRecords));
  assert.match(
    text,
    /^.*Replication report .* The only stream was complete at its last sync\. acme/,
  );
});
