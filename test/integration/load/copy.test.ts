// Whatever a value holds, Postgres gives it back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { PgValue } from '../../../src/stream.ts';
import { base, baseRecord, batch, contact, row, type Warehouse, warehouse } from './warehouse.ts';

let house: Warehouse;
before(async () => {
  house = await warehouse();
});
after(() => house.drop());

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

test('any text comes back from Postgres as it went in, straight and staged', async () => {
  let runId = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(text), { minLength: 1, maxLength: 20 }), async (names) => {
      runId += 1;
      const partition = `p${runId % 2 === 0 ? 'known' : runId}`;
      const writer = await house.open(contact, { runId, partition });
      const records = names.map((name: PgValue, index) => ({
        key: `${runId} ${index}`,
        rows: [[row(`${runId} ${index}`, name, null)], []],
      }));
      await writer.write(batch(records, { cursor: { runId } }));
      await writer.close();
      const rows = await house.rows(
        'select name from @.contact_users where run_id = $1 order by split_part(open_id, $2, 2)::int',
        [runId, ' '],
      );
      assert.deepEqual(
        rows.map(({ name }) => name),
        names,
      );
    }),
    { numRuns: 60 },
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
