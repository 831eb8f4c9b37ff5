// The rows of a scope, as a condition on the alias `t` of the root table.

import { InvariantError } from '../../errors.ts';
import type { Interval, Scope } from '../../stream.ts';
import { ident, qualified } from '../identifier.ts';
import type { Claim } from './cursors.ts';
import type { Layout } from './layout.ts';
import { keyText, notSeen } from './seen.ts';

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

/** Live rows of the scope that the reading has not given, those left out that are known to be out of sight. */
export function missingRows(root: Layout, claim: Claim, scope: Scope): Condition {
  const { text, values } = liveRows(root, claim.source, scope);
  const hidden = `select from ${qualified(claim.schema, 'sync_out_of_sight')} h
where h.source = $1 and h.stream = $${values.length + 1} and h.record_key = ${keyText(root)}`;
  return {
    text: `${text} and ${notSeen(root)} and not exists (${hidden})`,
    values: [...values, claim.stream],
  };
}

function isInterval(wanted: readonly string[] | Interval): wanted is Interval {
  return 'from' in wanted;
}
