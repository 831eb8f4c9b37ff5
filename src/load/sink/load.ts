// Brings the rows of records into their tables, inside a transaction that somebody else commits.

import type { ClientBase } from 'pg';
import { valuesAt } from '../../row.ts';
import type { RecordRows, Row } from '../../stream.ts';
import { copyIn, encodeOutlines, encodeRows } from './copy.ts';
import { type Layout, type Layouts, placesOf } from './layout.ts';
import * as merge from './merge.ts';
import { added, nothing, type Tally } from './tally.ts';

/** Stages what all tables are to hold, then merges what differs, the root first. */
export async function stageAndMerge(
  client: ClientBase,
  layouts: Layouts,
  origin: merge.Origin,
  records: readonly RecordRows[],
): Promise<Tally> {
  await client.query(layouts.map(merge.createOutline).join('; '));
  const differing: Differing[] = [];
  for (const [index, layout] of layouts.entries()) {
    differing.push(await stage(client, layout, origin, rowsIn(records, index)));
  }
  let tally = nothing;
  for (const [index, layout] of layouts.entries()) {
    const { rows, inserted, staged } = differing[index] ?? none;
    const merged = staged === 0 ? 0 : await run(client, merge.mergeStage(layout, origin));
    const owners = ownersOf(layouts, layout, records);
    const replace = merge.replaceOwned(layout, layouts[0], origin, owners);
    const deleted = replace === undefined ? 0 : await run(client, replace);
    const updated = merged - inserted;
    if (layout.table.bookkeeping !== true)
      tally = added(tally, { inserted, updated, unchanged: rows - merged, deleted });
  }
  return tally;
}

/** Copies rows that are all new straight into their tables; fails with 23505 when one is not. */
export async function copyStraight(
  client: ClientBase,
  layouts: Layouts,
  { source, runId }: merge.Origin,
  records: readonly RecordRows[],
): Promise<Tally> {
  let inserted = 0;
  for (const [index, layout] of layouts.entries()) {
    const rows = rowsIn(records, index);
    if (rows.length === 0) continue;
    const chunks = encodeRows(rows, [source, String(runId), 'now']);
    await copyIn(client, merge.copyIntoTable(layout), chunks);
    if (layout.table.bookkeeping !== true) inserted += rows.length;
  }
  return { ...nothing, inserted };
}

/** What a table is given, in rows. */
interface Differing {
  readonly rows: number;
  /** Those that may differ from what is stored. */
  readonly staged: number;
  /** Those of them that are new. */
  readonly inserted: number;
}

const none: Differing = { rows: 0, staged: 0, inserted: 0 };

function rowsIn(records: readonly RecordRows[], index: number): readonly Row[] {
  return records.flatMap(({ rows }) => rows[index] ?? []);
}

/** Stages the outlines of all rows, then those rows whose hash is not the one that is stored. */
async function stage(
  client: ClientBase,
  layout: Layout,
  origin: merge.Origin,
  rows: readonly Row[],
): Promise<Differing> {
  if (rows.length === 0) return none;
  const places = placesOf(
    layout,
    layout.outlined.map(([name]) => name),
  );
  await copyIn(client, merge.copyIntoOutline(layout), encodeOutlines(rows, places));
  const { text, values } = merge.differing(layout, origin);
  const found = await client.query<[place: number, isNew: boolean]>({
    text,
    values: [...values],
    rowMode: 'array',
  });
  const differing = found.rows.flatMap(([place]) => rows[place] ?? []);
  if (differing.length > 0) {
    await client.query(merge.createStage(layout));
    await copyIn(client, merge.copyIntoStage(layout), encodeRows(differing));
  }
  const inserted = found.rows.filter(([, isNew]) => isNew).length;
  return { rows: rows.length, staged: differing.length, inserted };
}

/** What the roots of the records have in the first column by which the table knows its owners. */
function ownersOf(
  [root]: Layouts,
  { table }: Layout,
  records: readonly RecordRows[],
): readonly string[] {
  if (table.owner === undefined) return [];
  const places = placesOf(root, [table.owner[0]]);
  const values = rowsIn(records, 0).flatMap((row) => valuesAt(row, places));
  return [...new Set(values.filter((value) => value !== null))];
}

async function run(client: ClientBase, { text, values }: merge.Statement): Promise<number> {
  const { rowCount } = await client.query(text, [...values]);
  return rowCount ?? 0;
}
