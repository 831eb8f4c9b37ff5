// One view a Base table, with a typed column a field: what analysts read instead of JSON.

import { literal, qualified } from '../load/identifier.ts';
import type { View, ViewColumn } from '../load/views/view.ts';
import { type CellColumn, columnsOf, type Field } from './cells.ts';
import { read } from './functions.ts';
import { namesOf } from './names.ts';

/** A table of a Base with its fields. */
export interface BaseTable {
  readonly source: string;
  readonly app_token: string;
  readonly app_name: string;
  readonly table_id: string;
  readonly name: string;
  readonly fields: readonly Field[];
}

export interface Schemas {
  readonly data: string;
  readonly views: string;
}

/** Views named `base_` and the name of the table. */
export function baseViews(schemas: Schemas, tables: readonly BaseTable[]): readonly View[] {
  const named = tables.map((table) => ({ id: idOf(table), name: `base_${table.name}` }));
  const names = namesOf(named, masked);
  return tables.map((table) => baseView(schemas, table, names.get(idOf(table)) ?? idOf(table)));
}

/** Names that the views of whole tables have. */
const masked = ['base_apps', 'base_tables', 'base_fields', 'base_records'];

function idOf({ source, app_token: app, table_id: table }: BaseTable): string {
  return `${source}/${app}/${table}`;
}

function baseView(schemas: Schemas, table: BaseTable, name: string): View {
  const { source, app_token: app, app_name: base, table_id: id } = table;
  const where = [
    `t.source = ${literal(source)}`,
    `t.app_token = ${literal(app)}`,
    `t.table_id = ${literal(id)}`,
    't.deleted_at is null',
  ].join(' and ');
  return {
    name,
    identity: idOf(table),
    comment: `Table ${table.name} of the Base ${base}, source ${source}: one row a record that exists.`,
    columns: [...own(schemas.views), ...fieldColumns(schemas.views, table.fields)],
    from: `${qualified(schemas.data, 'base_records')} t where ${where}`,
  };
}

function own(views: string): readonly ViewColumn[] {
  const column = (name: string, value: string, comment: string): ViewColumn => ({
    name,
    value,
    comment,
  });
  return [
    column('record_id', 't.record_id', 'Id of the record, unique within its Base.'),
    column('created_time', 't.created_time', 'When the record was created.'),
    column('last_modified_time', 't.last_modified_time', 'When the record was last edited.'),
    column('created_by', read(views, 'cell_text', 't.created_by'), 'Who created the record.'),
    column(
      'last_modified_by',
      read(views, 'cell_text', 't.last_modified_by'),
      'Who last edited the record.',
    ),
    column('synced_at', 't.synced_at', 'When the row last changed in the warehouse.'),
  ];
}

function fieldColumns(views: string, fields: readonly Field[]): readonly ViewColumn[] {
  const sorted = fields.toSorted(
    (one, other) =>
      Number(other.is_primary) - Number(one.is_primary) ||
      one.field_name.localeCompare(other.field_name),
  );
  const wanted = sorted.flatMap((field) => columnsOf(field).map((cell) => ({ field, cell })));
  const named = wanted.map(({ field, cell }) => ({
    id: idOfCell(field, cell),
    name: `${field.field_name}${cell.suffix}`,
  }));
  const taken = own(views).map(({ name }) => name);
  const names = namesOf(named, taken);
  return wanted.map(({ field, cell }) => {
    const id = idOfCell(field, cell);
    return {
      name: names.get(id) ?? id,
      identity: id,
      value: read(views, cell.reader, `t.fields -> ${literal(field.field_name)}`),
      comment: `Field ${field.field_name}, ${field.ui_type}: ${cell.holds}.`,
    };
  });
}

function idOfCell({ field_id: id }: Field, { suffix }: CellColumn): string {
  return `${id}${suffix}`;
}
