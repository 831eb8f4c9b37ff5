// The keys that readings under way have given so far, by which they find what is gone.

import type { Knex } from 'knex';
import { source } from './ddl/columns.ts';
import { createTables, dropTables, type TableDdl } from './ddl/table.ts';

const tables: readonly TableDdl[] = [
  {
    name: 'sync_seen_keys',
    comment:
      'Keys that complete readings under way have given so far. Unlogged, since they are worth nothing after a crash of Postgres, which empties the table; each reading begins with an empty key, by whose absence it notices.',
    columns: {
      ...source,
      stream: ['text not null', 'The stream, named module.noun, e.g. base.records.'],
      partition: [
        'text not null',
        'The share of the stream that is read on its own, e.g. one Base table.',
      ],
      record_key: [
        'text[] not null',
        'Key of a record that the reading gave, without the source. Empty: the reading began.',
      ],
    },
    unlogged: true,
    immutable: true,
  },
];

export function up(knex: Knex, schema: string): Promise<void> {
  return createTables(knex, schema, tables);
}

export function down(knex: Knex, schema: string): Promise<void> {
  return dropTables(knex, schema, tables);
}
