// What operators were told, and how the tables and fields of Bases were called over time.

import type { Knex } from 'knex';
import { source } from './ddl/columns.ts';
import { createTables, dropTables, type TableDdl } from './ddl/table.ts';

const tables: readonly TableDdl[] = [
  {
    name: 'sync_notices',
    comment:
      'Bookkeeping of larkhouse: what it told the operators, so that it tells everything once.',
    key: ['source', 'channel', 'event', 'subject'],
    columns: {
      source: ['text', 'The tenant, as the configuration names it. Empty: larkhouse as a whole.'],
      channel: ['text', 'Where it was told: webhook or command.'],
      event: ['text', 'What was told: failure, staleness or schema_change.'],
      subject: ['text', 'The stream concerned. Empty: the source as a whole.'],
      told_at: [
        'timestamptz not null',
        'When it was told; of schema changes, up to when they are told.',
      ],
      over_at: ['timestamptz', 'When it was told that this is over. Null while it lasts.'],
    },
  },
  {
    name: 'base_schema_versions',
    comment:
      'Bookkeeping of larkhouse: names and kinds of the tables and fields of Bases as syncs found them, a row a change.',
    key: ['source', 'app_token', 'table_id', 'field_id', 'version'],
    columns: {
      ...source,
      app_token: ['text', 'The Base (base_apps.app_token).'],
      table_id: ['text', 'The table (base_tables.table_id); unique within its Base only.'],
      field_id: ['text', 'The field (base_fields.field_id). Empty: the table itself.'],
      version: ['integer', 'Number of the version, from 1.'],
      name: ['text', 'Name of the table or field.'],
      kind: [
        'text',
        'Kind of the field, as people see it or else as Lark numbers it. Table: null.',
      ],
      is_gone: ['boolean not null', 'Whether it is no longer there.'],
      seen_at: ['timestamptz not null', 'When a sync found it so.'],
    },
    immutable: true,
  },
];

export function up(knex: Knex, schema: string): Promise<void> {
  return createTables(knex, schema, tables);
}

export function down(knex: Knex, schema: string): Promise<void> {
  return dropTables(knex, schema, tables);
}
