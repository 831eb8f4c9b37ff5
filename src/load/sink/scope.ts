// The rows of a scope, as a condition on the alias `t` of the root table.

import type { ClientBase } from 'pg';
import { InvariantError } from '../../errors.ts';
import type { Interval, Scope } from '../../stream.ts';
import { ident, qualified } from '../identifier.ts';
import type { Claim } from './cursors.ts';
import { keyHash } from './keys.ts';
import type { Layout } from './layout.ts';
import { seenKeys, seenTable } from './seen.ts';

export type Value = string | number | null | readonly string[];

export interface Condition {
  readonly text: string;
  readonly values: readonly Value[];
}

const live = 't.deleted_at is null';
const gone = 't.deleted_at is not null';

/** Live rows of the source in the scope. */
export function liveRows(root: Layout, source: string, scope: Scope): Condition {
  const { text, values } = allRows(root, source, scope);
  return { text: `${text} and ${live}`, values };
}

/** The same with those that are marked as deleted. */
function allRows(root: Layout, source: string, scope: Scope): Condition {
  const values: Value[] = [source];
  const place = (value: Value): string => `$${values.push(value)}`;
  const parts = ['t.source = $1'];
  for (const [name, wanted] of Object.entries(scope)) {
    if (!root.names.includes(name)) {
      throw new InvariantError(`a scope names ${name}, which ${root.table.name} has not`);
    }
    const column = `t.${ident(name)}`;
    if (typeof wanted === 'string') parts.push(`${column} = ${place(wanted)}`);
    else if (isInterval(wanted)) {
      parts.push(`${column} >= ${place(wanted.from)}`, `${column} < ${place(wanted.to)}`);
    } else parts.push(`${column} = any(${place(wanted)})`);
  }
  return { text: parts.join(' and '), values };
}

/** Whether the source has live rows, which a reading could find missing. */
export async function hasLiveRows(
  client: ClientBase,
  root: Layout,
  source: string,
): Promise<boolean> {
  const { text, values } = liveRows(root, source, {});
  const { rows } = await client.query<{ some: boolean }>(
    `select exists (select from ${root.target} t where ${text}) as some`,
    [...values],
  );
  return rows[0]?.some === true;
}

/**
 * Live rows of the scope that the reading has not given, those left out that are known to be out of sight.
 * The last of the values is the stream.
 */
export function missingRows(root: Layout, claim: Claim, scope: Scope): Condition {
  const { text, values, key, isSeen, partition, stream } = comparedWithSeen(root, claim, scope);
  const isHidden = key.map((value, part) => `h.record_key::jsonb ->> ${part} = ${value}`);
  const seen = `select from ${seenKeys(claim, stream, partition)} k where ${isSeen}`;
  const hidden = `select from ${qualified(claim.schema, 'sync_out_of_sight')} h
where h.source = $1 and h.stream = ${stream} and ${isHidden.join(' and ')}`;
  return {
    text: `${text} and ${live} and not exists (${seen}) and not exists (${hidden})`,
    values,
  };
}

/**
 * A statement that says whether the reading has given each live row of the scope once, and nothing else. It compares
 * numbers and sums of hashes: that two different sets have the same is only improbable.
 */
export function areAllGiven(root: Layout, claim: Claim, scope: Scope): Condition {
  const { text, values, key, partition, stream } = comparedWithSeen(root, claim, scope);
  const counted = (rows: string): string =>
    `select count(*) as keys, sum(${keyHash(key)}) as sums from ${root.target} t where ${rows}`;
  // The index of the key tells what all rows of the scope have, and that of deleted rows what is not live of it.
  const stored = isOfKey(root, scope)
    ? `select a.keys - g.keys as keys, a.sums - coalesce(g.sums, 0) as sums
from (${counted(text)}) a, (${counted(`${text} and ${gone}`)}) g`
    : counted(`${text} and ${live}`);
  const statement = `select l.keys = s.keys and l.sums = s.sums as given
from (${stored}) l,
  (select sum(cardinality(s.endings)) as keys, sum(s.key_sum) as sums from ${seenTable(claim)} s
   where s.source = $1 and s.stream = ${stream} and s.partition = ${partition}) s`;
  return { text: statement, values };
}

function isOfKey({ key }: Layout, scope: Scope): boolean {
  return Object.keys(scope).every((name) => key.includes(name));
}

/**
 * Forgets the keys that the reading has given of a scope which is judged: among them those of the next would be sought
 * for nothing, the longer the more scopes there are.
 */
export async function forgetScope(
  client: ClientBase,
  root: Layout,
  claim: Claim,
  scope: Scope,
): Promise<void> {
  const { text, values, key, isSeen, partition, stream } = comparedWithSeen(root, claim, scope);
  const table = seenTable(claim);
  await client.query(
    `with forgotten as (
  delete from ${table} s
  where s.source = $1 and s.stream = ${stream} and s.partition = ${partition} and s.endings is not null
  returning s.beginning, s.endings
),
t as materialized (select ${root.key.map((name) => `t.${ident(name)}`).join(', ')} from ${root.target} t where ${text} and ${live})
insert into ${table} (source, stream, partition, beginning, endings, key_sum)
select $1, ${stream}, ${partition}, k.beginning, array_agg(k.ending), sum(${keyHash(seenKey(key.length))})
from (select beginning, unnest(endings) as ending from forgotten) k
where not exists (select from t where ${isSeen})
group by k.beginning`,
    [...values],
  );
}

interface Compared extends Condition {
  /** The values of the row's key, as texts. */
  readonly key: readonly string[];
  /** That the row is the one of the key that the reading has given as `k`. */
  readonly isSeen: string;
  readonly partition: string;
  readonly stream: string;
}

/** Rows of the scope, live or not, and how they compare with keys that the reading has given. */
function comparedWithSeen(root: Layout, claim: Claim, scope: Scope): Compared {
  const { text, values: ofScope } = allRows(root, claim.source, scope);
  const values = [...ofScope];
  const place = (value: Value): string => `$${values.push(value)}`;
  const key = root.key.map((name) => {
    const fixed = fixedText(root, scope, name);
    return fixed === undefined ? `t.${ident(name)}::text` : `${place(fixed)}::text`;
  });
  const partition = place(claim.partition);
  const stream = place(claim.stream);
  const isSeen = seenKey(key.length).map((part, place) => `${part} = ${key[place]}`);
  return { text, values, key, isSeen: isSeen.join(' and '), partition, stream };
}

/** The values of the key `k`, of which there are so many. */
function seenKey(length: number): readonly string[] {
  const beginning = Array.from({ length: length - 1 }, (_, part) => `k.beginning[${part + 1}]`);
  return [...beginning, 'k.ending'];
}

/** The text that all rows of the scope have in this column: it need not be compared row by row. */
function fixedText({ columns }: Layout, scope: Scope, name: string): string | undefined {
  const wanted = scope[name];
  const isText = columns.some(([column, type]) => column === name && type === 'text');
  return isText && typeof wanted === 'string' ? wanted : undefined;
}

function isInterval(wanted: readonly string[] | Interval): wanted is Interval {
  return 'from' in wanted;
}
