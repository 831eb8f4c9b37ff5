// The sums of the keys that readings under way have given: where they are those of what is stored, nothing is missing,
// and no key has to be looked up.

import type { Knex } from 'knex';

const table = 'sync_seen_keys';
const column = 'key_sum';

export async function up(knex: Knex, schema: string): Promise<void> {
  await knex.raw('alter table ??.?? add column ?? numeric', [schema, table, column]);
  await knex.raw(`comment on column ??.??.?? is 'The sum of the hashes of these keys.'`, [
    schema,
    table,
    column,
  ]);
}

export async function down(knex: Knex, schema: string): Promise<void> {
  await knex.raw('alter table ??.?? drop column ??', [schema, table, column]);
}
