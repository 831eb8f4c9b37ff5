// The statements as text: what they must and must not do.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutsOf } from '../../../../src/load/sink/layout.ts';
import * as merge from '../../../../src/load/sink/merge.ts';
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

test('staging is typed, temporary and gone with the transaction', () => {
  assert.equal(
    merge.createStage(users),
    'create temp table pg_temp."staged_users" ("id" text, "team" text, "order" integer, row_hash bytea) on commit drop',
  );
  assert.match(
    merge.createOutline(users),
    /^create temp table pg_temp."outlined_users" \("id" text, .* row_hash bytea\) on commit drop$/,
  );
});

test('rows differ when they are new, when their hash does, or when they return from deletion', () => {
  const { text, values } = merge.differing(users, origin);
  assert.match(
    text,
    /where t.source is null or t.row_hash <> o.row_hash or t.deleted_at is not null$/,
  );
  assert.deepEqual(values, ['acme']);
  assert.ok(seats !== undefined);
  assert.match(
    merge.differing(seats, origin).text,
    /where t.source is null or t.row_hash <> o.row_hash$/,
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
  assert.ok(seats !== undefined);
  const statements = [users, seats].flatMap((layout) => [
    merge.differing(layout, origin),
    merge.mergeStage(layout, origin),
    merge.replaceOwned(layout, users, origin, ['u1']),
  ]);
  for (const statement of statements)
    assert.doesNotMatch(statement?.text ?? '', /merge into|acme/i);
});

test('only the rows of the owners given are replaced, and only in an owned table', () => {
  assert.ok(seats !== undefined);
  const replaced = merge.replaceOwned(seats, users, origin, ['u1', 'u2']);
  assert.match(
    replaced?.text ?? '',
    /^delete from "lark"."seats" t where t.source = \$1 and t."id" = any\(\$2\)/,
  );
  assert.deepEqual(replaced?.values, ['acme', ['u1', 'u2']]);
  assert.equal(merge.replaceOwned(seats, users, origin, []), undefined);
  assert.equal(merge.replaceOwned(users, users, origin, ['u1']), undefined);
});

test('an owner of several columns is compared in all of them', () => {
  const [, owned] = layoutsOf('lark', {
    ...stream,
    tables: [
      root,
      { ...child, columns: { ...child.columns, team: column('text') }, owner: ['id', 'team'] },
    ],
  });
  assert.ok(owned !== undefined);
  const { text } = merge.replaceOwned(owned, users, origin, ['u1']) ?? { text: '' };
  assert.match(
    text,
    /exists \(select from pg_temp."outlined_users" o where o."id" = t."id" and o."team" = t."team"\)/,
  );
});
