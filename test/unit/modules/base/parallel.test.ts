import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as endpoints from '../../../../src/modules/base/endpoints.ts';
import { base } from '../../../../src/modules/base/index.ts';
import { runSource } from '../../../../src/run.ts';
import type { Sink } from '../../../../src/sink.ts';
import type { PgValue, Replica } from '../../../../src/stream.ts';
import { type Answer, PlayedLark } from '../played-lark.ts';

const appTokens = ['appA', 'appB'];
const tableIds = ['tbl1', 'tbl2', 'tbl3'];

/** Three tables, of three pages each. */
const company: Answer = (endpoint, { query = {} }) => {
  const page = Number(query['page_token'] ?? 0);
  const more = { has_more: page < 2, page_token: `${page + 1}`, total: 3 };
  switch (endpoint) {
    case 'base.tables.list':
      return {
        has_more: false,
        items: tableIds.map((table_id) => ({ table_id, revision: 1, name: table_id })),
      };
    case 'base.fields.list':
      return { ...more, items: [{ field_id: `fld${page}` }] };
    case 'base.records.search':
      return { ...more, items: [{ record_id: `rec${page}`, fields: {} }] };
    default:
      return { app: {} };
  }
};

const replica: Replica = {
  async *rows(table, _columns, where): AsyncGenerator<Readonly<Record<string, PgValue>>> {
    if (table !== 'base_tables') return;
    const app_token = String(where?.['app_token']);
    for (const table_id of tableIds) yield { app_token, table_id, revision: '1', deleted_at: null };
  },
  known: async () => new Set(),
  cursor: async () => undefined,
};

const nothing = { inserted: 0, updated: 0, unchanged: 0, deleted: 0, rejected: 0 };
const sink: Sink = {
  open: async () => ({
    checkpoint: undefined,
    write: async ({ read }) => ({ ...nothing, records: read }),
    close: async () => {},
  }),
};

/** Reads these Bases whole; gives the most calls of a run that were under way at once, and their number. */
async function mostAtOnce(tokens: readonly string[]): Promise<readonly [number, number]> {
  const lark = new PlayedLark(company);
  const outcomes = await runSource(
    {
      name: 'acme',
      streams: base(tokens.map((token) => ({ kind: 'app', token }))),
      sink,
      replica,
      lark: () => lark,
      allow: () => {},
    },
    {
      full: false,
      signal: new AbortController().signal,
      watch: { started: () => {}, finished: async () => {} },
    },
  );
  assert.deepEqual(new Set(outcomes.map(({ status }) => status)), new Set(['complete']));
  return [lark.most, lark.asked.length];
}

test('one Base is never read in parallel, whichever of its streams read it; two Bases are', async () => {
  // The list of tables, the app, and three pages of fields and of records of each table.
  assert.deepEqual(await mostAtOnce(appTokens.slice(0, 1)), [1, 20]);
  const [most, calls] = await mostAtOnce(appTokens);
  assert.deepEqual([most, calls], [2, 40]);
});

test('every endpoint of a Base takes one call at a time', () => {
  const ofBases = Object.values(endpoints).filter(({ path }) => path.includes('/bitable/'));
  assert.equal(ofBases.length, 5);
  assert.deepEqual(
    ofBases.filter(({ serial }) => serial !== true),
    [],
  );
});
