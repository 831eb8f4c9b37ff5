// The report in a real browser: on a phone and on a wide screen, by day and by night.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { configuration, type Stage, startStage } from '../integration/cli/stage.ts';
import { launch } from './chromium.ts';
import { hostile, liveThroughAMonth } from './past.ts';

/** What measure.js gives. */
interface Measured {
  readonly scrolls: boolean;
  readonly background: string;
  readonly scripts: number;
  readonly outside: readonly string[];
  readonly texts: readonly { text: string; size: number; contrast: number }[];
  readonly keys: readonly { text: string; contrast: number }[];
  readonly charts: readonly {
    title: string;
    shown: number;
    width: number;
    height: number;
    shapes: number;
    isWithin: boolean;
    /** Those that stick out. */
    texts: number;
  }[];
}

let stage: Stage;
let browser: Browser;
let url: string;
let measure: string;

before(async () => {
  browser = await launch();
  measure = await readFile(new URL('measure.js', import.meta.url), 'utf8');
  stage = await startStage();
  const text = configuration(stage.company, stage.tenant.url);
  await stage.configure(
    text.replace('    modules:', '    quota: { monthly_calls: 25000 }\n    modules:'),
  );
  await liveThroughAMonth(stage);
  const ended = await stage.run(['report', '--quiet']);
  assert.equal(ended.code, 0, ended.stderr);
  url = pathToFileURL(join(stage.folder, 'larkhouse-report.html')).href;
});
after(async () => {
  await browser?.close();
  await stage?.close();
});

interface Look {
  readonly width: 360 | 1280;
  readonly colorScheme: 'light' | 'dark';
}

/** Opens the page, and fails afterwards if it said anything or asked for anything but itself. */
async function look<T>({ width, colorScheme }: Look, see: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  page.on('dialog', (dialog) => said.push(dialog.message()));
  page.on('request', (request) => {
    if (request.url() !== url) said.push(`asks for ${request.url()}`);
  });
  try {
    await page.goto(url);
    return await see(page);
  } finally {
    await page.close();
    assert.deepEqual(said, []);
  }
}

/** What is to be seen with all numbers unfolded. */
async function unfolded(page: Page): Promise<Measured> {
  for (const summary of await page.locator('summary').all()) await summary.click();
  return page.evaluate<Measured>(measure);
}

for (const width of [360, 1280] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const where = `at ${width} px, ${colorScheme}`;

    test(`${where}, nothing is wider than the screen or its card, also with all numbers unfolded`, () =>
      look({ width, colorScheme }, async (page) => {
        const folded = await page.evaluate<Measured>(measure);
        assert.deepEqual([folded.scrolls, folded.outside], [false, []]);
        const { scrolls, outside } = await unfolded(page);
        assert.deepEqual([scrolls, outside], [false, []]);
      }));

    test(`${where}, every chart shows one drawing of its size, with all its texts`, () =>
      look({ width, colorScheme }, async (page) => {
        const { charts } = await page.evaluate<Measured>(measure);
        assert.deepEqual(
          charts.map(({ title }) => title),
          [
            'Rows by day',
            'Calls by day and endpoint',
            'Calls of this month against the quota',
            'Seconds by run',
            'Sizes of tables',
          ],
        );
        for (const chart of charts) {
          assert.equal(chart.shown, 1, chart.title);
          assert.ok(chart.width > width * 0.35 && chart.height >= 180, JSON.stringify(chart));
          assert.ok(chart.isWithin && chart.texts === 0, JSON.stringify(chart));
          assert.ok(chart.shapes > 0, JSON.stringify(chart));
        }
      }));

    test(`${where}, every text is at least 11 px and stands out 4.5 to 1`, () =>
      look({ width, colorScheme }, async (page) => {
        const { texts, keys } = await unfolded(page);
        assert.ok(texts.length > 200);
        assert.deepEqual(
          texts.filter(({ contrast, size }) => contrast < 4.5 || size < 11),
          [],
        );
        assert.ok(keys.length > 8);
        assert.deepEqual(
          keys.filter(({ contrast }) => contrast < 3),
          [],
        );
      }));
  }
}

test('the colours follow what the reader prefers', async () => {
  const [light, dark] = await Promise.all(
    (['light', 'dark'] as const).map((colorScheme) =>
      look({ width: 1280, colorScheme }, async (page) => page.evaluate<Measured>(measure)),
    ),
  );
  assert.equal(light?.background, 'rgb(246, 247, 249)');
  assert.equal(dark?.background, 'rgb(18, 22, 28)');
});

/** The cells of the table with this caption, a row a list, as they are read. */
async function cellsOf(page: Page, caption: string): Promise<string[][]> {
  const table = page
    .locator('table')
    .filter({ has: page.locator('caption', { hasText: caption }) });
  const rows = await table.locator('tbody tr').all();
  return Promise.all(
    rows.map(async (row) =>
      (await row.locator('th, td').allInnerTexts()).map((cell) => cell.replace(/\s+/g, ' ').trim()),
    ),
  );
}

const count = (value: number): string => value.toLocaleString('en-US');

test('the tables say what is in the warehouse', () =>
  look({ width: 1280, colorScheme: 'light' }, async (page) => {
    await unfolded(page);
    const days = await stage.rows<{ day: string; values: number[] }>(
      `select (started_at at time zone 'UTC')::date::text as day, array[sum(rows_inserted)::float8,
  sum(rows_updated)::float8, sum(rows_deleted)::float8] as values
from lark.sync_stream_runs join lark.sync_runs using (run_id)
where started_at >= ((now() at time zone 'UTC')::date - 30)::timestamp at time zone 'UTC'
group by 1 order by 1 desc`,
    );
    assert.ok(days.length >= 28);
    assert.deepEqual(
      await cellsOf(page, 'Rows by day'),
      days.map(({ day, values }) => [day, ...values.map(count)]),
    );
    const calls = await stage.rows<{ endpoint: string; values: number[] }>(
      `select endpoint, array[sum(requests)::float8, sum(throttled)::float8, sum(errors)::float8] as values
from lark.api_usage where day >= (now() at time zone 'UTC')::date - 30 group by 1`,
    );
    assert.deepEqual(
      (await cellsOf(page, 'Calls by endpoint')).map((cells) => cells.slice(0, 4)).toSorted(),
      calls.map(({ endpoint, values }) => [endpoint, ...values.map(count)]).toSorted(),
    );
    const streams = await stage.rows<{ stream: string; values: number[] }>(
      `select distinct on (stream) stream, array[rows_inserted, rows_updated, rows_deleted, rejected,
  requests]::float8[] as values from lark.sync_stream_runs where run_id > 0 order by stream, run_id desc`,
    );
    const fresh = await cellsOf(page, 'Freshness');
    assert.deepEqual(
      fresh.map((cells) => [cells[0], ...cells.slice(4, 9)]).toSorted(),
      streams.map(({ stream, values }) => [stream, ...values.map(count)]).toSorted(),
    );
    const held = fresh.find(([stream]) => stream === 'base.records')?.[3];
    assert.equal(held, count((await stage.rows('select from lark.base_records')).length));
    const sizes = await stage.rows<{ name: string; size: string }>(
      `select relname as name, pg_size_pretty(pg_total_relation_size(oid)) as size from pg_class
where relnamespace = 'lark'::regnamespace and relkind = 'r' order by pg_total_relation_size(oid) desc limit 1`,
    );
    const [largest] = await cellsOf(page, 'Tables, the largest first');
    assert.equal(largest?.[0], sizes[0]?.name);
  }));

test('runs are listed with how they ended, the newest first', () =>
  look({ width: 1280, colorScheme: 'dark' }, async (page) => {
    await unfolded(page);
    const runs = await stage.rows<{ id: string; status: string; records: number }>(
      `select run_id::text as id, r.status, sum(records)::float8 as records
from lark.sync_runs r join lark.sync_stream_runs using (run_id) group by r.run_id order by r.run_id desc limit 30`,
    );
    const ended = (cell: string | undefined): string | undefined => cell?.replace(/^\W+/, '');
    const all = await cellsOf(page, 'Seconds by run');
    assert.deepEqual(
      all.map((cells) => [cells[0], ended(cells[2])]),
      runs.map(({ id, status }) => [`run ${id}`, status]),
    );
    const last = await cellsOf(page, 'Last runs');
    assert.deepEqual(
      last.map((cells) => [cells[0], ended(cells[2]), cells[5]]),
      runs.slice(0, 10).map(({ id, status, records }) => [`run ${id}`, status, count(records)]),
    );
  }));

test('hostile names are read as they are written', () =>
  look({ width: 360, colorScheme: 'light' }, async (page) => {
    const { scripts } = await page.evaluate<Measured>(measure);
    assert.equal(scripts, 0);
    const [change] = await cellsOf(page, 'Changes of Bases');
    assert.deepEqual(change?.slice(0, 2), [
      `${hostile} / ${hostile}`,
      `field "数量" is now called "${hostile}"`,
    ]);
    const [reject] = await cellsOf(page, 'Rejected records');
    assert.deepEqual(reject?.slice(0, 3), ['base.records', '4', hostile]);
  }));
