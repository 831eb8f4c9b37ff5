import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutsOf } from '../../../../src/load/sink/layout.ts';
import { isOutlined, outlineOf, relation } from '../../../../src/load/sink/outline.ts';
import { toRow, typesOf } from '../../../../src/row.ts';
import type { Column, PgType } from '../../../../src/stream.ts';

const column = (type: PgType): Column => ({ type, read: () => null });
const [layout] = layoutsOf('lark', {
  name: 'a.b',
  tables: [
    {
      name: 'cells',
      key: ['sheet', 'place', 'part'],
      columns: {
        sheet: column('text'),
        note: column('text'),
        place: column('integer'),
        part: column('text'),
      },
    },
  ],
  partitions: () => [],
  async *pages() {},
});
const cell = (sheet: string, place: string, part: string) =>
  toRow(typesOf(layout.table), [sheet, 'note', place, part]);

test('a column of the key that has one value in all rows is given once', () => {
  const { rows, values } = outlineOf(layout, [cell('s\t1', '7', 'a'), cell('s\t1', '8', 'b')]);
  assert.equal(rows, 2);
  assert.equal(values[0], 's\t1');
  assert.deepEqual(
    values.map((value) => Buffer.isBuffer(value)),
    [false, true, true, true],
  );
});

test('rows are found by the key up to its first column that varies, and compared by all of it', () => {
  const outline = outlineOf(layout, [cell('s', '7', 'a'), cell('s', '8', 'b')]);
  assert.equal(
    isOutlined(outline, 2),
    't."sheet" = $2::text and t."place" = any($3::integer[]) ' +
      'and t."sheet" = o."sheet" and t."place" = o."place" and t."part" = o."part"',
  );
  const one = outlineOf(layout, [cell('s', '7', 'a')]);
  assert.match(
    isOutlined(one, 2),
    /^t."sheet" = .* and t."place" = .* and t."part" = \$4::text and /,
  );
});

test('the relation has each column in its type, whether its values vary or not', () => {
  const outline = outlineOf(layout, [cell('s', '7', 'a'), cell('s', '8', 'a')]);
  const text = relation(outline, 4);
  assert.match(text, /\$4::text as "sheet", "place", \$6::text as "part", row_hash/);
  assert.match(text, /unnest\(\$5::integer\[\], \$7::bytea\[\]\) with ordinality/);
});

test('nothing is an outline of no rows', () => {
  const { rows, values } = outlineOf(layout, []);
  assert.equal(rows, 0);
  assert.deepEqual(values.slice(0, -1), [null, null, null]);
});
