// Brings the rows of records into their tables, inside a transaction that somebody else commits.

import type { ClientBase } from 'pg';
import type { RecordRows } from '../../stream.ts';
import { copyIn, encodeLines, type Line, lineOf } from './copy.ts';
import { type Layout, type Layouts, picker } from './layout.ts';
import * as merge from './merge.ts';
import { added, nothing, type Tally } from './tally.ts';

/** Stages what all tables are to hold, then merges what differs, the root first. */
export async function stageAndMerge(
  client: ClientBase,
  layouts: Layouts,
  origin: merge.Origin,
  records: readonly RecordRows[],
): Promise<Tally> {
  await client.query(layouts.map(merge.createStages).join('; '));
  const differing: Differing[] = [];
  for (const [index, layout] of layouts.entries()) {
    differing.push(await stage(client, layout, origin, linesOf(layout, records, index)));
  }
  await client.query(merge.planSafely);
  let tally = nothing;
  for (const [index, layout] of layouts.entries()) {
    const found = differing[index] ?? none;
    if (found.inserted + found.updated > 0) await run(client, merge.mergeStage(layout, origin));
    const owners = ownersOf(layouts, layout, records);
    const replace = merge.replaceOwned(layout, layouts[0], origin, owners);
    const deleted = replace === undefined ? 0 : await run(client, replace);
    if (layout.table.bookkeeping !== true) tally = added(tally, { ...found, deleted });
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
    const rows = records.reduce((sum, record) => sum + (record.rows[index]?.length ?? 0), 0);
    if (rows === 0) continue;
    const chunks = encodeLines(straightLines(records, index), [source, String(runId), 'now']);
    await copyIn(client, merge.copyIntoTable(layout), chunks);
    if (layout.table.bookkeeping !== true) inserted += rows;
  }
  return { ...nothing, inserted };
}

type Differing = Omit<Tally, 'deleted'>;

const none: Differing = { inserted: 0, updated: 0, unchanged: 0 };

interface Outlined extends Line {
  /** What the outline has of the row. */
  readonly outline: readonly (string | null)[];
}

function linesOf(
  layout: Layout,
  records: readonly RecordRows[],
  index: number,
): readonly Outlined[] {
  const pick = picker(
    layout,
    layout.outlined.map(([name]) => name),
  );
  return records.flatMap(({ rows }) =>
    (rows[index] ?? []).map((row) => ({ ...lineOf(row), outline: pick(row) })),
  );
}

/** Stages the outlines of all rows, then those rows that differ from what is stored. */
async function stage(
  client: ClientBase,
  layout: Layout,
  origin: merge.Origin,
  lines: readonly Outlined[],
): Promise<Differing> {
  if (lines.length === 0) return none;
  const outlines = lines.map(({ outline, hash }, place) => ({
    values: [...outline, String(place)],
    hash,
  }));
  await copyIn(client, merge.copyIntoOutline(layout), encodeLines(outlines));
  const { text, values } = merge.differing(layout, origin);
  const { rows } = await client.query<[place: number, isNew: boolean]>({
    text,
    values: [...values],
    rowMode: 'array',
  });
  const changed = rows.flatMap(([place]) => lines[place] ?? []);
  if (changed.length > 0) {
    await copyIn(client, merge.copyIntoStage(layout), encodeLines(changed));
  }
  const inserted = rows.filter(([, isNew]) => isNew).length;
  return { inserted, updated: rows.length - inserted, unchanged: lines.length - rows.length };
}

/** What the roots of the records have in the first column by which the table knows its owners. */
function ownersOf(
  [root]: Layouts,
  { table }: Layout,
  records: readonly RecordRows[],
): readonly string[] {
  if (table.owner === undefined) return [];
  const pick = picker(root, [table.owner[0]]);
  const values = records.flatMap(({ rows }) => (rows[0] ?? []).flatMap(pick));
  return [...new Set(values.filter((value) => value !== null))];
}

async function run(client: ClientBase, { text, values }: merge.Statement): Promise<number> {
  const { rowCount } = await client.query(text, [...values]);
  return rowCount ?? 0;
}

function* straightLines(records: readonly RecordRows[], index: number): Generator<Line> {
  for (const { rows } of records) {
    for (const row of rows[index] ?? []) yield lineOf(row);
  }
}
