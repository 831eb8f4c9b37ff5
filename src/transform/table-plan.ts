// What is known of a table before its rows are made.

import { markOf, typesOf } from '../row.ts';
import type { Column, PgType, Stream, Table } from '../stream.ts';
import { asItIs, holds } from './holdable.ts';
import type { Toll } from './toll.ts';

export interface PlannedColumn {
  readonly name: string;
  /** `table.column`. */
  readonly place: string;
  readonly column: Column;
  /** The value as Postgres can hold it. */
  readonly hold: (value: string, toll: Toll) => string;
}

interface OtherForm {
  readonly name: string;
  /** Of the column among the values. */
  readonly place: number;
  readonly form: NonNullable<Column['compared']>;
}

export interface RowPlan {
  readonly table: Table;
  readonly columns: readonly PlannedColumn[];
  /** Places of the key's columns among the values. */
  readonly key: readonly number[];
}

export interface TablePlan extends RowPlan {
  readonly types: readonly PgType[];
  /** Of the columns of the key alone. */
  readonly outline: RowPlan;
  /** Says how values are read out of what was sent, where rows are compared by that. */
  readonly mark: Uint8Array | undefined;
  /** Columns that may be compared by another value than the one that is stored. */
  readonly others: readonly OtherForm[];
}

type TablePlans = readonly [TablePlan, ...TablePlan[]];

const plans = new WeakMap<Stream['tables'], TablePlans>();

export function plansOf({ tables }: Stream): TablePlans {
  const known = plans.get(tables);
  if (known !== undefined) return known;
  const [root, ...others] = tables;
  const planned: TablePlans = [planOf(root), ...others.map(planOf)];
  plans.set(tables, planned);
  return planned;
}

function planOf(table: Table): TablePlan {
  const columns = Object.entries(table.columns).map(([name, column]) => ({
    name,
    place: `${table.name}.${name}`,
    column,
    hold: holds[column.type] ?? asItIs,
  }));
  return {
    ...rowPlanOf(table, columns),
    types: typesOf(table),
    outline: rowPlanOf(
      table,
      columns.filter(({ name }) => table.key.includes(name)),
    ),
    mark: markFor(table),
    others: columns.flatMap(({ name, column: { compared: form } }, place) =>
      form === undefined ? [] : [{ name, place, form }],
    ),
  };
}

function rowPlanOf(table: Table, columns: readonly PlannedColumn[]): RowPlan {
  const key = table.key.map((wanted) => columns.findIndex(({ name }) => name === wanted));
  return { table, columns, key };
}

function markFor({ asSent: edition, columns }: Table): Uint8Array | undefined {
  if (edition === undefined) return undefined;
  const types = Object.entries(columns).map(([name, { type }]) => `${name} ${type}`);
  return markOf(`${edition} ${types.join(', ')}`);
}
