// Whatever a value holds, Postgres gives it back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { layoutsOf } from '../../../src/load/sink/layout.ts';
import { stageAndMerge } from '../../../src/load/sink/load.ts';
import { recordList } from '../../../src/record-list.ts';
import type { Cursor, PgValue, RecordRows, Stream } from '../../../src/stream.ts';
import {
  base,
  baseRecord,
  batch,
  contact,
  row,
  typed,
  type Warehouse,
  warehouse,
} from './warehouse.ts';

let house: Warehouse;
before(async () => {
  house = await warehouse();
});
after(() => house.drop());

/** The ways that rows go, in turn: into a new partition, given with a statement, and staged by COPY. */
async function load(
  stream: Stream,
  runId: number,
  records: readonly RecordRows[],
  cursor?: Cursor,
): Promise<void> {
  if (runId % 3 === 0) return stage(stream, runId, records);
  const partition = runId % 3 === 1 ? `p${runId}` : 'known';
  const writer = await house.open(stream, { runId, partition });
  await writer.write(batch([...records], cursor === undefined ? {} : { cursor }));
  await writer.close();
}

async function stage(stream: Stream, runId: number, records: readonly RecordRows[]): Promise<void> {
  const client = await house.pool.connect();
  const layouts = layoutsOf(house.schema, stream);
  const origin = { source: 'acme', runId };
  try {
    await client.query('begin');
    await stageAndMerge(client, layouts, recordList(records), { origin, always: true });
    await client.query('commit');
  } finally {
    client.release();
  }
}

const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(
        '\t',
        '\n',
        '\r',
        '\\',
        '\\N',
        '\\.',
        '"',
        "'",
        '\b',
        '\x7f',
        '🙂',
        '王',
        '\\x41',
        '\ufffd',
      ),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 12,
  })
  // Upstream replaces these.
  .map((value) => value.toWellFormed().replaceAll('\0', '\ufffd'));

test('any text comes back from Postgres as it went in, whichever way', async () => {
  let runId = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(text), { minLength: 1, maxLength: 20 }), async (names) => {
      runId += 1;
      const records = names.map((name: PgValue, index) => ({
        key: `${runId} ${index}`,
        rows: [[row(contact, [`${runId} ${index}`, name, null])], []],
      }));
      await load(contact, runId, records, { runId });
      const rows = await house.rows(
        'select name from @.contact_users where run_id = $1 order by split_part(open_id, $2, 2)::int',
        [runId, ' '],
      );
      assert.deepEqual(
        rows.map(({ name }) => name),
        names,
      );
    }),
    { numRuns: 90 },
  );
});

test('jsonb keeps every digit of numbers', async () => {
  const digits = '{"big": 12345678901234567890, "zero": 1.50, "exact": 9007199254740993.12}';
  const writer = await house.open(base, { partition: 'digits' });
  await writer.write(batch([baseRecord('d', digits)]));
  await writer.close();
  const rows = await house.rows('select fields::text as stored from @.base_records');
  assert.deepEqual(rows, [{ stored: digits }]);
});

const times = fc.date({
  min: new Date('0001-01-01'),
  max: new Date('9999-12-31'),
  noInvalidDate: true,
});
const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat({ max: 12 }))
  .map(([digits, places]) => (places === 0 ? `${digits}` : `${digits}.${'7'.repeat(places)}`));
const values = fc.record({
  position: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map(String),
  value: fc.option(fc.json()),
  value_number: fc.option(decimals),
  value_time: fc.option(times.map((time) => time.toISOString())),
});

test('values of every type come back as they went in, whichever way', async () => {
  let runId = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(values, { selector: ({ position }) => position }),
      async (all) => {
        runId += 1;
        const code = `every ${runId}`;
        const rows = all.map((one) => row(typed, [code, ...Object.values(one)], 1));
        await load(typed, runId, [{ key: code, rows: [[row(typed, [code, 't'])], rows] }]);
        const stored = await house.rows(
          `select position::text, value, value_number::text,
to_char(value_time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as value_time
from @.approval_fields where instance_code = $1 order by 1`,
          [code],
        );
        const wanted = all.map((one) => ({
          ...one,
          value: one.value === null ? null : JSON.parse(one.value),
        }));
        wanted.sort((left, right) => (left.position < right.position ? -1 : 1));
        assert.deepEqual(stored, wanted);
        const [instance] = await house.rows(
          'select reverted from @.approval_instances where instance_code = $1',
          [code],
        );
        assert.deepEqual(instance, { reverted: true });
      },
    ),
    { numRuns: 90 },
  );
});

test('up to 250 rows that differ need no table to stage them, more do', async () => {
  const client = await house.pool.connect();
  const query = client.query.bind(client);
  let tables = 0;
  Object.assign(client, {
    query(asked: string, ...values: unknown[]) {
      if (String(asked).startsWith('create temp table')) tables += 1;
      return Reflect.apply(query, client, [asked, ...values]);
    },
  });
  const made: unknown[] = [];
  try {
    for (const count of [250, 251]) {
      tables = 0;
      const records = Array.from({ length: count }, (_, n) =>
        baseRecord(`few ${count} ${n}`, '{}'),
      );
      await client.query('begin');
      const { inserted } = await stageAndMerge(
        client,
        layoutsOf(house.schema, base),
        recordList(records),
        { origin: { source: 'acme', runId: 1 } },
      );
      await client.query('commit');
      made.push([inserted, tables]);
    }
  } finally {
    client.release(true);
  }
  assert.deepEqual(made, [
    [250, 0],
    [251, 1],
  ]);
});

test('a column whose type somebody altered has the values all the same', async () => {
  await house.rows('truncate @.approval_fields');
  await house.rows(
    `alter table @.approval_fields alter position type real, alter value_number type double precision`,
  );
  const writer = await house.open(typed, { partition: 'altered' });
  const field = row(typed, ['altered', '7', '{}', '0', '2025-01-01T00:00:00.000Z'], 1);
  await writer.write(batch([{ key: 'altered', rows: [[row(typed, ['altered', 't'])], [field]] }]));
  await writer.close();
  const stored = await house.rows(
    "select position::text, value_number::text from @.approval_fields where instance_code = 'altered'",
  );
  assert.deepEqual(stored, [{ position: '7', value_number: '0' }]);
});
