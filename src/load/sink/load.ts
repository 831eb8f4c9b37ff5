// Brings the rows of records into their tables, inside a transaction that somebody else commits.

import type { ClientBase } from 'pg';
import type { Records, Row } from '../../stream.ts';
import { copyIn, encodeRows, headOf } from './copy.ts';
import type { Layout, Layouts } from './layout.ts';
import * as merge from './merge.ts';
import { type Outline, outlineOf } from './outline.ts';
import { added, nothing, type Tally } from './tally.ts';

/** Tells the outlines of all rows, stages those that may differ from what is stored, then merges, the root first. */
export async function stageAndMerge(
  client: ClientBase,
  layouts: Layouts,
  origin: merge.Origin,
  records: Records,
  alsoOfRoot?: merge.Also,
): Promise<Tally> {
  const [root, ...others] = layouts;
  const ofRoot = await stage(client, root, origin, [...records.rows(0)], alsoOfRoot);
  const all = [ofRoot];
  for (const [index, layout] of others.entries()) {
    all.push(await stage(client, layout, origin, [...records.rows(index + 1)]));
  }
  let tally = nothing;
  for (const { outline, differing, inserted } of all) {
    const { layout, rows } = outline;
    const merged = differing === 0 ? 0 : await run(client, merge.mergeStage(layout, origin));
    const replace = merge.replaceOwned(outline, ofRoot.outline, origin);
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
  records: Records,
): Promise<Tally> {
  let inserted = 0;
  for (const [index, layout] of layouts.entries()) {
    const count = records.count(index);
    if (count === 0) continue;
    const head = headOf(layout, [
      ['text', source],
      ['bigint', String(runId)],
    ]);
    const chunks = encodeRows(records.rows(index), head);
    await copyIn(client, merge.copyIntoTable(layout), chunks);
    if (layout.table.bookkeeping !== true) inserted += count;
  }
  return { ...nothing, inserted };
}

/** What a table is given, and how many of its rows. */
interface Staged {
  readonly outline: Outline;
  /** May differ from what is stored. */
  readonly differing: number;
  /** Those of them that are new. */
  readonly inserted: number;
}

/** Stages those rows whose hash is not the one that is stored. */
async function stage(
  client: ClientBase,
  layout: Layout,
  origin: merge.Origin,
  rows: readonly Row[],
  also?: merge.Also,
): Promise<Staged> {
  const outline = outlineOf(layout, rows);
  if (rows.length === 0) return { outline, differing: 0, inserted: 0 };
  const found = await differing(client, outline, origin, also);
  if (found.length > 0) {
    await client.query(merge.createStage(layout));
    const differing = found.flatMap(([place]) => rows[place - 1] ?? []);
    await copyIn(client, merge.copyIntoStage(layout), encodeRows(differing, headOf(layout)));
  }
  const inserted = found.filter(([, isNew]) => isNew).length;
  return { outline, differing: found.length, inserted };
}

type Differing = readonly [place: number, isNew: boolean];

/** Of the outlined rows those that are not stored as they are: their places, from 1 on, and whether they are new. */
export async function differing(
  client: ClientBase,
  outline: Outline,
  origin: merge.Origin,
  also?: merge.Also,
): Promise<readonly Differing[]> {
  if (outline.rows === 0) return [];
  const { text, values } = merge.differing(outline, origin, also);
  const { rows } = await client.query<[place: number, isNew: boolean]>({
    text,
    values: [...values],
    rowMode: 'array',
  });
  return rows;
}

async function run(client: ClientBase, { text, values }: merge.Statement): Promise<number> {
  const { rowCount } = await client.query(text, [...values]);
  return rowCount ?? 0;
}
