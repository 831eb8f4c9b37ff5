// The statements that bring rows into their table, as pure functions of the table. First only keys and
// hashes are staged (the outline); then the rows that differ from what is stored, and those are merged.

import { equal, ident, idents } from '../identifier.ts';
import type { Layout } from './layout.ts';

/** Whose rows are written, and by which run. */
export interface Origin {
  readonly source: string;
  readonly runId: number;
}

export interface Statement {
  readonly text: string;
  readonly values: readonly (string | number | readonly string[])[];
}

/** A table without keys or indexes, gone with the transaction. */
export function createOutline({ outline, outlined }: Layout): string {
  return `create temp table ${outline} (${typed(outlined)}, "place in batch" integer, row_hash bytea) on commit drop`;
}

/** The same for whole rows. */
export function createStage({ stage, columns }: Layout): string {
  return `create temp table ${stage} (${typed(columns)}, row_hash bytea) on commit drop`;
}

function typed(columns: Layout['columns']): string {
  return columns.map(([name, type]) => `${ident(name)} ${type}`).join(', ');
}

/** There are none after a load that was taken back. */
export function dropStages({ stage, outline }: Layout): string {
  return `drop table if exists ${outline}, ${stage}`;
}

export function copyIntoOutline({ outline }: Layout): string {
  return `copy ${outline} from stdin`;
}

export function copyIntoStage({ stage, names }: Layout): string {
  return `copy ${stage} (${idents(names)}, row_hash) from stdin`;
}

/** For rows that are all new: each begins with the source, the run and the time. */
export function copyIntoTable({ target, names }: Layout): string {
  return `copy ${target} (source, run_id, synced_at, ${idents(names)}, row_hash) from stdin`;
}

/** Places of the outlined rows that are new, changed or returning, and whether they are new. */
export function differing(layout: Layout, { source }: Origin): Statement {
  const { table, target, outline, key } = layout;
  const marks = table.marksDeletion === true;
  const returning = marks ? ' or t.deleted_at is not null' : '';
  // `offset 0` makes Postgres look each row up by its key, so that the cost does not grow with the table.
  const text = `select o."place in batch", t.source is null
from ${outline} o
left join lateral (
  select t.source, t.row_hash${marks ? ', t.deleted_at' : ''} from ${target} t
  where t.source = $1 and ${equal('t', 'o', key)} offset 0
) t on true
where t.source is null or t.row_hash <> o.row_hash${returning}`;
  return { text, values: [source] };
}

/**
 * Inserts or updates the staged rows. What is stored with another hash may still be the same, in another order
 * of its keys; it is not touched. Texts are compared, so that 1.10 replaces 1.1. `offset 0` as in `differing`.
 */
export function mergeStage(layout: Layout, { source, runId }: Origin): Statement {
  const { table, target, stage, names, key } = layout;
  const others = names.filter((name) => !key.includes(name));
  const same = [
    't.source = $1',
    equal('t', 's', key),
    ...others.map((name) => `t.${ident(name)}::text is not distinct from s.${ident(name)}::text`),
    ...(table.marksDeletion === true ? ['t.deleted_at is null'] : []),
  ];
  const text = `insert into ${target} (source, ${idents(names)}, run_id, synced_at, row_hash)
select $1, ${idents(names, 's.')}, $2, now(), s.row_hash from ${stage} s
where not exists (select from ${target} t where ${same.join(' and ')} offset 0)
on conflict (source, ${idents(key)}) do update set ${assignments(layout)}`;
  return { text, values: [source, runId] };
}

function assignments({ table, names, key }: Layout): string {
  const replaced = [
    ...names.filter((name) => !key.includes(name)),
    ...['run_id', 'synced_at', 'row_hash'],
  ];
  const set = replaced.map((name) => `${ident(name)} = excluded.${ident(name)}`);
  return [...set, ...(table.marksDeletion === true ? ['deleted_at = null'] : [])].join(', ');
}

/**
 * Of the owners that are outlined in the root, takes away the rows that are not outlined. The root names
 * the owners, so that one who has no rows any more loses them all. `first` is the owners' first column.
 */
export function replaceOwned(
  child: Layout,
  root: Layout,
  { source, runId }: Origin,
  first: readonly string[],
): Statement | undefined {
  const { owner, marksDeletion } = child.table;
  if (owner === undefined || first.length === 0) return undefined;
  const others =
    owner.length === 1
      ? ''
      : `\n  and exists (select from ${root.outline} o where ${equal('o', 't', owner)})`;
  // The list lets Postgres find the owners' rows by the key, whatever it believes of the table's size.
  const gone = `t.source = $1 and t.${ident(owner[0])} = any($2)${others}
  and not exists (select from ${child.outline} o where ${equal('o', 't', child.key)})`;
  if (marksDeletion !== true) {
    return { text: `delete from ${child.target} t where ${gone}`, values: [source, first] };
  }
  const text = `update ${child.target} t set deleted_at = now(), run_id = $3, synced_at = now()
where t.deleted_at is null and ${gone}`;
  return { text, values: [source, first, runId] };
}
