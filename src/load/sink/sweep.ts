// Marks as deleted what a complete reading did not give, together with what belongs to it.

import type { Scope } from '../../stream.ts';
import { equal, ident, idents } from '../identifier.ts';
import type { Claim } from './cursors.ts';
import type { Layout, Layouts } from './layout.ts';
import { type Condition, missingRows, type Value } from './scope.ts';

/**
 * Marks the missing rows of the scope, or those of them whose keys are given. Gives a row with the
 * number of rows marked in each table of the stream, in their order.
 */
export function sweepStatement(
  layouts: Layouts,
  claim: Claim,
  scope: Scope,
  only?: readonly (readonly string[])[],
): Condition {
  const [root, ...others] = layouts;
  const { text, values: found } = missingRows(root, claim, scope);
  const values: Value[] = [...found, claim.runId];
  const marks = `deleted_at = now(), run_id = $${values.length}, synced_at = now()`;
  const among = only === undefined ? '' : ` and ${amongKeys(root, only, values)}`;
  const parts = [
    `swept_0 as (
  update ${root.target} t set ${marks} where ${text}${among} returning ${idents(root.names, 't.')}
)`,
    ...others
      .map((child, index) => markOwned(child, index + 1, marks))
      .filter((part) => part !== ''),
  ];
  const counts = layouts.map((layout, index) =>
    index === 0 || isMarked(layout) ? `(select count(*)::integer from swept_${index})` : '0',
  );
  return {
    text: `with ${parts.join(',\n')}\nselect array[${counts.join(', ')}] as marked`,
    values,
  };
}

function isMarked({ table }: Layout): boolean {
  return table.owner !== undefined && table.marksDeletion === true;
}

function markOwned(child: Layout, index: number, marks: string): string {
  const { owner } = child.table;
  if (owner === undefined || !isMarked(child)) return '';
  return `swept_${index} as (
  update ${child.target} t set ${marks} from swept_0 o
  where t.source = $1 and t.deleted_at is null and ${equal('t', 'o', owner)} returning 1
)`;
}

function amongKeys(root: Layout, keys: readonly (readonly string[])[], values: Value[]): string {
  const lists = root.key.map((_, place) => keys.map((key) => key[place] ?? ''));
  const places = lists.map((list) => `$${values.push(list)}::text[]`).join(', ');
  const columns = root.key.map((name) => `t.${ident(name)}::text`).join(', ');
  return `(${columns}) in (select * from unnest(${places}))`;
}
