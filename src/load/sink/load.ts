// Brings the rows of records into their tables, inside a transaction that somebody else commits.

import type { ClientBase } from 'pg';
import type { Records, Row } from '../../stream.ts';
import { copyIn, encodeRows, headOf } from './copy.ts';
import type { Layout, Layouts } from './layout.ts';
import * as merge from './merge.ts';
import { type Outline, outlineOf } from './outline.ts';
import { added, nothing, type Tally } from './tally.ts';

/** Rows up to which a table to stage them in costs more than it saves. */
const few = 250;

export interface Staging {
  readonly origin: merge.Origin;
  /** Done on the way with the outline of the root. */
  readonly also?: merge.Also | undefined;
  /** What was found to differ of the root's rows; asked for unless given. */
  readonly found?: readonly Differing[] | undefined;
  /** Also where rows are few: of COPY Postgres tells the column whose value it refuses. */
  readonly always?: boolean | undefined;
}

/** A row that is not stored as it is. */
export type Differing = readonly [place: number, isNew: boolean];

/** Tells the outlines of all rows, stages those that may differ from what is stored, then merges, the root first. */
export async function stageAndMerge(
  client: ClientBase,
  layouts: Layouts,
  records: Records,
  staging: Staging,
): Promise<Tally> {
  const { origin } = staging;
  const [root, ...others] = layouts;
  const ofRoot = await stage(client, root, [...records.rows(0)], staging);
  const all = [ofRoot];
  for (const [index, layout] of others.entries()) {
    const rows = [...records.rows(index + 1)];
    all.push(await stage(client, layout, rows, { origin, always: staging.always }));
  }
  let tally = nothing;
  for (const { outline, merging, inserted } of all) {
    const { layout, rows } = outline;
    const merged = merging === undefined ? 0 : await run(client, merging);
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

/** What a table is given. */
interface Staged {
  readonly outline: Outline;
  /** Brings the rows that may differ from what is stored into the table; undefined where there is none. */
  readonly merging: merge.Statement | undefined;
  /** How many of them are new. */
  readonly inserted: number;
}

/** Stages those rows whose hash is not the one that is stored. */
async function stage(
  client: ClientBase,
  layout: Layout,
  rows: readonly Row[],
  { origin, also, found: known, always = false }: Staging,
): Promise<Staged> {
  const outline = outlineOf(layout, rows);
  const found = known ?? (await differing(client, outline, origin, also));
  if (found.length === 0) return { outline, merging: undefined, inserted: 0 };
  const given = found.flatMap(([place]) => rows[place - 1] ?? []);
  const inserted = found.filter(([, isNew]) => isNew).length;
  if (given.length <= few && !always) {
    return { outline, merging: merge.mergeGiven(layout, origin, given), inserted };
  }
  await client.query(merge.createStage(layout));
  await copyIn(client, merge.copyIntoStage(layout), encodeRows(given, headOf(layout)));
  return { outline, merging: merge.mergeStage(layout, origin), inserted };
}

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
