// Rows that are copied straight into their table bear the time of their transaction without being told it.

import type { Knex } from 'knex';

const tables = [
  'approval_definitions',
  'approval_instances',
  'approval_instance_payloads',
  'approval_fields',
  'approval_tasks',
  'approval_timeline',
  'approval_comments',
  'approval_follows',
  'base_apps',
  'base_tables',
  'base_fields',
  'base_records',
  'attendance_flows',
  'attendance_people',
  'contact_departments',
  'contact_users',
  'contact_user_departments',
];

async function alter(knex: Knex, schema: string, change: string): Promise<void> {
  for (const table of tables) {
    await knex.raw(`alter table ??.?? alter column synced_at ${change}`, [schema, table]);
  }
}

export function up(knex: Knex, schema: string): Promise<void> {
  return alter(knex, schema, 'set default now()');
}

export function down(knex: Knex, schema: string): Promise<void> {
  return alter(knex, schema, 'drop default');
}
