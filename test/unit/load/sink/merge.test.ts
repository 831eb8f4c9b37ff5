// The statements as text: what they must and must not do.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutsOf } from '../../../../src/load/sink/layout.ts';
import * as merge from '../../../../src/load/sink/merge.ts';
import { outlineOf } from '../../../../src/load/sink/outline.ts';
import { toRow, typesOf } from '../../../../src/row.ts';
import type { Column, PgType, Stream, Table } from '../../../../src/stream.ts';

const column = (type: PgType): Column => ({ type, read: () => null });
const root: Table = {
  name: 'users',
  key: ['id'],
  columns: { id: column('text'), team: column('text'), order: column('integer') },
  marksDeletion: true,
};
const child: Table = {
  name: 'seats',
  key: ['id', 'seat'],
  columns: { id: column('text'), seat: column('text'), note: column('jsonb') },
  owner: ['id'],
};
const stream: Stream = {
  name: 'a.b',
  tables: [root, child],
  partitions: () => [],
  async *pages() {
    yield* [];
  },
};
const [users, seats] = layoutsOf('lark', stream);
const origin = { source: 'acme', runId: 7 };
assert.ok(seats !== undefined);
const userOf = (id: string, order: string) => toRow(typesOf(root), [id, 'red', order]);
const seatOf = (seat: string) => toRow(typesOf(child), ['u1', seat, null]);
const userOutline = outlineOf(users, [userOf('u1', '1'), userOf('u2', '2')]);
const seatOutline = outlineOf(seats, [seatOf('s1'), seatOf('s2')]);

test('staging is typed, temporary and gone with the transaction', () => {
  assert.equal(
    merge.createStage(users),
    'create temp table pg_temp."staged_users" ("id" text, "team" text, "order" integer, row_hash bytea) on commit drop',
  );
});

test('rows differ when they are new, when their hash does, or when they return from deletion', () => {
  const { text, values } = merge.differing(userOutline, origin);
  assert.match(
    text,
    /where t.source is null or t.row_hash <> o.row_hash or t.deleted_at is not null$/,
  );
  assert.deepEqual(values, ['acme', ...userOutline.values]);
  assert.match(
    merge.differing(seatOutline, origin).text,
    /where t.source is null or t.row_hash <> o.row_hash$/,
  );
});

test('what is done on the way to the rows that differ has values of its own behind theirs', () => {
  const also = (first: number) => ({
    text: `insert into seen select $${first} from o`,
    values: ['p'],
  });
  const { text, values } = merge.differing(userOutline, origin, also);
  assert.deepEqual(values, ['acme', ...userOutline.values, 'p']);
  assert.match(
    text,
    new RegExp(`also as \\(insert into seen select \\$${values.length} from o\\)`),
  );
});

test('merging sets every column but the key, and clears the mark of deletion', () => {
  const { text, values } = merge.mergeStage(users, origin);
  assert.match(text, /^insert into "lark"."users"/);
  const set = text.slice(text.indexOf('do update set ') + 'do update set '.length);
  assert.deepEqual(set.split(', '), [
    '"team" = excluded."team"',
    '"order" = excluded."order"',
    '"run_id" = excluded."run_id"',
    '"synced_at" = excluded."synced_at"',
    '"row_hash" = excluded."row_hash"',
    'deleted_at = null',
  ]);
  assert.deepEqual(values, ['acme', 7]);
});

test('no statement uses MERGE, and none holds the source in its text', () => {
  const statements = [userOutline, seatOutline].flatMap((outline) => [
    merge.differing(outline, origin),
    merge.mergeStage(outline.layout, origin),
    merge.replaceOwned(outline, userOutline, origin),
  ]);
  for (const statement of statements)
    assert.doesNotMatch(statement?.text ?? '', /merge into|acme/i);
});

test('only the rows of the owners given are replaced, and only in an owned table', () => {
  const replaced = merge.replaceOwned(seatOutline, userOutline, origin);
  assert.match(
    replaced?.text ?? '',
    /^delete from "lark"."seats" t where t.source = \$1 and t."id" = any\(\$2::text\[\]/,
  );
  assert.deepEqual(replaced?.values, ['acme', userOutline.values[0], ...seatOutline.values]);
  assert.equal(merge.replaceOwned(seatOutline, outlineOf(users, []), origin), undefined);
  assert.equal(merge.replaceOwned(userOutline, userOutline, origin), undefined);
});

test('an owner of several columns is compared in all of them', () => {
  const [owners, owned] = layoutsOf('lark', {
    ...stream,
    tables: [
      root,
      { ...child, columns: { ...child.columns, team: column('text') }, owner: ['id', 'team'] },
    ],
  });
  assert.ok(owned !== undefined);
  const roots = outlineOf(owners, [userOf('u1', '1')]);
  const { text, values } = merge.replaceOwned(outlineOf(owned, []), roots, origin) ?? {
    text: '',
    values: [],
  };
  assert.match(
    text,
    /exists \(select from \(select .* o where o."id" = t."id" and o."team" = t."team"\)/s,
  );
  assert.deepEqual(values.slice(-roots.values.length), roots.values);
});

test('rows that are few are merged as those that were staged, out of one list a column', () => {
  const staged = merge.mergeStage(seats, origin);
  const given = merge.mergeGiven(seats, origin, [seatOf('s1'), seatOf('s2')]);
  const lists =
    'unnest($3::text[], $4::text[], $5::jsonb[], $6::bytea[]) s ("id", "seat", "note", row_hash)';
  assert.equal(given.text, staged.text.replace('pg_temp."staged_seats" s', lists));
  assert.deepEqual(given.values.slice(0, 2), ['acme', 7]);
  assert.equal(given.values.length, 6);
});
