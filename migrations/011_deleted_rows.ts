// Finds the rows that are marked as deleted: with them, those that are live are counted without being read.

import type { Knex } from 'knex';

const tables = {
  base_tables: '("source", "app_token")',
  base_fields: '("source", "app_token", "table_id")',
  base_records: '("source", "app_token", "table_id")',
  contact_departments: '("source")',
  contact_users: '("source")',
} as const;

export async function up(knex: Knex, schema: string): Promise<void> {
  for (const [table, columns] of Object.entries(tables)) {
    await knex.raw(`create index ?? on ??.?? ${columns} where "deleted_at" is not null`, [
      nameOf(table),
      schema,
      table,
    ]);
  }
}

export async function down(knex: Knex, schema: string): Promise<void> {
  for (const table of Object.keys(tables)) {
    await knex.raw('drop index ??.??', [schema, nameOf(table)]);
  }
}

function nameOf(table: string): string {
  return `${table}_deleted`;
}
