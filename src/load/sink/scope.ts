// The rows of a scope, as a condition on the alias `t` of the root table.

import type { ClientBase } from 'pg';
import { InvariantError } from '../../errors.ts';
import type { Interval, Scope } from '../../stream.ts';
import { ident, qualified } from '../identifier.ts';
import type { Claim } from './cursors.ts';
import { keyList, keyText } from './keys.ts';
import type { Layout } from './layout.ts';
import { seenTable } from './seen.ts';

export type Value = string | number | null | readonly string[];

export interface Condition {
  readonly text: string;
  readonly values: readonly Value[];
}

/** Live rows of the source in the scope. */
export function liveRows(root: Layout, source: string, scope: Scope): Condition {
  const values: Value[] = [source];
  const place = (value: Value): string => `$${values.push(value)}`;
  const parts = ['t.source = $1', 't.deleted_at is null'];
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
  const { text, values } = liveRows(root, claim.source, scope);
  const partition = `$${values.length + 1}`;
  const stream = `$${values.length + 2}`;
  const seen = `select from ${seenTable(claim)} s
where s.source = $1 and s.stream = ${stream} and s.partition = ${partition} and s.record_key = ${keyList(root, 't')}`;
  const hidden = `select from ${qualified(claim.schema, 'sync_out_of_sight')} h
where h.source = $1 and h.stream = ${stream} and h.record_key = ${keyText(root)}`;
  return {
    text: `${text} and not exists (${seen}) and not exists (${hidden})`,
    values: [...values, claim.partition, claim.stream],
  };
}

function isInterval(wanted: readonly string[] | Interval): wanted is Interval {
  return 'from' in wanted;
}
