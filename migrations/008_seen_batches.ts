// The keys that readings under way have given: a row for those of a batch, since a row a key cost more than all else
// that was done for a record that had not changed.

import type { Knex } from 'knex';

const table = 'sync_seen_keys';

interface Changes {
  readonly changes: readonly string[];
  /** How a reading begins. */
  readonly mark: string;
  readonly comments: Readonly<Record<string, string>>;
}

async function alter(knex: Knex, schema: string, to: Changes): Promise<void> {
  // What readings under way have given is lost: they are begun again.
  await knex.raw('truncate ??.??', [schema, table]);
  for (const change of to.changes) await knex.raw(`alter table ??.?? ${change}`, [schema, table]);
  await knex.raw(
    `comment on table ??.?? is 'Keys that complete readings under way have given so far. Unlogged, since they are worth nothing after a crash of Postgres, which empties the table; each reading begins with ${to.mark}, by whose absence it notices.'`,
    [schema, table],
  );
  for (const [column, comment] of Object.entries(to.comments)) {
    await knex.raw(`comment on column ??.??.?? is '${comment}'`, [schema, table, column]);
  }
}

export function up(knex: Knex, schema: string): Promise<void> {
  return alter(knex, schema, {
    changes: ['rename column record_key to beginning', 'add column endings text[]'],
    mark: 'a row without endings',
    comments: {
      beginning:
        'What the keys of some records begin with: all their values but the last, without the source.',
      endings: 'The last values of these keys. Null: the reading began.',
    },
  });
}

export function down(knex: Knex, schema: string): Promise<void> {
  return alter(knex, schema, {
    changes: ['drop column endings', 'rename column beginning to record_key'],
    mark: 'an empty key',
    comments: {
      record_key:
        'Key of a record that the reading gave, without the source. Empty: the reading began.',
    },
  });
}
