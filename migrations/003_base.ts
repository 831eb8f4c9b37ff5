// Base: apps, tables, fields, records.

import type { Knex } from 'knex';
import { deletable, source, tracked } from './ddl/columns.ts';
import { type ColumnDdl, createTables, dropTables, type TableDdl } from './ddl/table.ts';

const app: Readonly<{ app_token: ColumnDdl }> = {
  app_token: ['text', 'The Base (base_apps.app_token).'],
};
const table: Readonly<{ table_id: ColumnDdl }> = {
  table_id: ['text', 'The table (base_tables.table_id); unique within its Base only.'],
};

const tables: readonly TableDdl[] = [
  {
    name: 'base_apps',
    comment: 'Bases, one row for each configured one.',
    key: ['source', 'app_token'],
    columns: {
      ...source,
      app_token: ['text', 'Token of the Base.'],
      name: ['text', 'Name of the Base.'],
      revision: ['bigint', 'Revision of the Base; grows when its structure changes.'],
      is_advanced: ['boolean', 'Whether advanced permissions are on.'],
      time_zone: ['text', 'Time zone of the Base, e.g. Asia/Shanghai. Null when Lark gives none.'],
      ...tracked,
    },
  },
  {
    name: 'base_tables',
    comment: 'Tables of the Bases.',
    key: ['source', 'app_token', 'table_id'],
    columns: {
      ...source,
      ...app,
      table_id: ['text', 'id of the table; unique within its Base only.'],
      name: ['text', 'Name of the table.'],
      revision: ['bigint', 'Revision of the table; grows when its records or fields change.'],
      ...tracked,
      ...deletable,
    },
  },
  {
    name: 'base_fields',
    comment: 'Fields (columns) of the Base tables.',
    key: ['source', 'app_token', 'table_id', 'field_id'],
    columns: {
      ...source,
      ...app,
      ...table,
      field_id: ['text', 'id of the field; stays when the field is renamed.'],
      field_name: ['text', 'Name of the field: its key in base_records.fields.'],
      type: ['integer', 'Kind of the field as Lark numbers it, e.g. 1 text, 2 number, 5 date.'],
      ui_type: [
        'text',
        'Kind of the field as people see it, e.g. Currency. Null when Lark gives none.',
      ],
      is_primary: ['boolean', 'Whether it is the first field, which names a record.'],
      property: ['jsonb', 'Settings of the field, e.g. options and formats. Null: none.'],
      ...tracked,
      ...deletable,
    },
  },
  {
    name: 'base_records',
    comment: 'Records (rows) of the Base tables, with their cells as Lark gave them.',
    key: ['source', 'app_token', 'table_id', 'record_id'],
    columns: {
      ...source,
      ...app,
      ...table,
      record_id: ['text', 'id of the record; unique within its Base only.'],
      fields: ['jsonb', 'The cells by field name; an empty cell is absent.'],
      created_time: ['timestamptz', 'When the record was created.'],
      last_modified_time: ['timestamptz', 'When the record was last edited.'],
      created_by: ['jsonb', 'Who created it, with id and name.'],
      last_modified_by: ['jsonb', 'Who last edited it, with id and name.'],
      ...tracked,
      ...deletable,
    },
  },
];

export function up(knex: Knex, schema: string): Promise<void> {
  return createTables(knex, schema, tables);
}

export function down(knex: Knex, schema: string): Promise<void> {
  return dropTables(knex, schema, tables);
}
