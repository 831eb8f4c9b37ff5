// The statements that bring rows into their table, as pure functions of the table. Postgres is first given only
// keys and hashes (the outline); then the rows that differ from what is stored are staged and merged.

import type { PgValue, Row } from '../../stream.ts';
import { equal, ident, idents } from '../identifier.ts';
import type { Layout } from './layout.ts';
import { listed, listsOf } from './lists.ts';
import { isAmong, isOutlined, type Outline, relation, valuesOf } from './outline.ts';

/** Whose rows are written, and by which run. */
export interface Origin {
  readonly source: string;
  readonly runId: number;
}

type Value = PgValue | number | Buffer;

export interface Statement {
  readonly text: string;
  readonly values: readonly Value[];
}

const binary = '(format binary)';

/** A table without keys or indexes, gone with the transaction. */
export function createStage({ stage, columns }: Layout): string {
  const typed = columns.map(([name, type]) => `${ident(name)} ${type}`);
  return `create temp table ${stage} (${typed.join(', ')}, row_hash bytea) on commit drop`;
}

/** There are none after a load that was taken back. */
export function dropStage({ stage }: Layout): string {
  return `drop table if exists ${stage}`;
}

export function copyIntoStage({ stage, names }: Layout): string {
  return `copy ${stage} (${idents(names)}, row_hash) from stdin ${binary}`;
}

/** For rows that are all new: each begins with the source and the run. */
export function copyIntoTable({ target, names }: Layout): string {
  return `copy ${target} (source, run_id, ${idents(names)}, row_hash) from stdin ${binary}`;
}

/**
 * Places of the outlined rows, from 1 on, that are new, changed or returning, and whether they are new. On the way
 * `also` is done, which may read the outline as `o`, with values from the given place on.
 */
export function differing(outline: Outline, { source }: Origin, also?: Also): Statement {
  const { table, target } = outline.layout;
  const returning = table.marksDeletion === true ? ' or t.deleted_at is not null' : '';
  const extra = also?.(2 + outline.values.length);
  const text = `with o as materialized ${relation(outline, 2)}${extra === undefined ? '' : `,\nalso as (${extra.text})`}
select o."place in batch"::integer, t.source is null
from o left join ${target} t on t.source = $1 and ${isOutlined(outline, 2)}
where t.source is null or t.row_hash <> o.row_hash${returning}`;
  return { text, values: [source, ...outline.values, ...(extra?.values ?? [])] };
}

/** A statement that changes something; gets the place of its first value. */
export type Also = (first: number) => Statement;

/** Inserts or updates the staged rows. */
export function mergeStage(layout: Layout, origin: Origin): Statement {
  return mergeFrom(layout, origin, `${layout.stage} s`, []);
}

/** The same of rows that are few, and given with the statement: no table has to be made for them. */
export function mergeGiven(layout: Layout, origin: Origin, rows: readonly Row[]): Statement {
  const names = [...layout.names.map(ident), 'row_hash'];
  return mergeFrom(
    layout,
    origin,
    `unnest(${listed(layout, 3)}) s (${names.join(', ')})`,
    listsOf(layout, rows),
  );
}

/**
 * What is stored with another hash may still be the same, in another order of its keys; it is not touched. Texts are
 * compared, so that 1.10 replaces 1.1. `offset 0` makes Postgres look each row up by its key, so that the cost does not
 * grow with the table.
 */
function mergeFrom(
  layout: Layout,
  { source, runId }: Origin,
  rows: string,
  lists: readonly Buffer[],
): Statement {
  const { table, target, names, key } = layout;
  const others = names.filter((name) => !key.includes(name));
  const same = [
    't.source = $1',
    equal('t', 's', key),
    ...others.map((name) => `t.${ident(name)}::text is not distinct from s.${ident(name)}::text`),
    ...(table.marksDeletion === true ? ['t.deleted_at is null'] : []),
  ];
  const text = `insert into ${target} (source, ${idents(names)}, run_id, synced_at, row_hash)
select $1, ${idents(names, 's.')}, $2, now(), s.row_hash from ${rows}
where not exists (select from ${target} t where ${same.join(' and ')} offset 0)
on conflict (source, ${idents(key)}) do update set ${assignments(layout)}`;
  return { text, values: [source, runId, ...lists] };
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
 * the owners, so that one who has no rows any more loses them all.
 */
export function replaceOwned(
  child: Outline,
  root: Outline,
  { source, runId }: Origin,
): Statement | undefined {
  const { table, target, key } = child.layout;
  if (table.owner === undefined || root.rows === 0) return undefined;
  const [first, ...others] = table.owner;
  const values: Value[] = [source, valuesOf(root, first), ...child.values];
  const outlined = relation(child, 3);
  const owned = [`t.source = $1 and ${isAmong(root, first, 2)}`];
  if (others.length > 0) {
    const owners = relation(root, values.length + 1);
    values.push(...root.values);
    owned.push(`exists (select from ${owners} o where ${equal('o', 't', table.owner)})`);
  }
  const gone = `${owned.join('\n  and ')}
  and not exists (select from ${outlined} o where ${equal('o', 't', key)})`;
  if (table.marksDeletion !== true)
    return { text: `delete from ${target} t where ${gone}`, values };
  const run = `$${values.push(runId)}`;
  const text = `update ${target} t set deleted_at = now(), run_id = ${run}, synced_at = now()
where t.deleted_at is null and ${gone}`;
  return { text, values };
}
