// What larkhouse remembers of itself: cursors, runs, rejected records, API usage, deletions held back.

import type { Knex } from 'knex';
import { source } from './ddl/columns.ts';
import { createTables, dropTables, type TableDdl } from './ddl/table.ts';

const stream = 'The stream, named module.noun, e.g. base.records.';
const partition = 'The share of the stream that is read on its own, e.g. one Base table.';

const tables: readonly TableDdl[] = [
  {
    name: 'sync_cursors',
    comment:
      'How far each partition of each stream has been read; committed together with the rows.',
    key: ['source', 'stream', 'partition'],
    columns: {
      ...source,
      stream: ['text', stream],
      partition: ['text', partition],
      cursor: ['jsonb', 'Where reading resumes, in the words of the stream. Null: from the start.'],
      fence: [
        'bigint not null',
        'The newest run that writes this partition; older runs are refused.',
      ],
      committed_at: ['timestamptz', 'When a batch was last committed. Null: none was so far.'],
    },
  },
  {
    name: 'sync_runs',
    comment: 'One row for each command that wrote to the warehouse.',
    key: ['run_id'],
    columns: {
      run_id: ['bigint generated always as identity', 'Number of the run, growing with time.'],
      started_at: ['timestamptz not null default now()', 'When the run began.'],
      finished_at: ['timestamptz', 'When the run ended. Null while it is running.'],
      status: [
        "text not null check (status in ('running', 'complete', 'incomplete', 'interrupted', 'abandoned'))",
        'running, complete, incomplete (something failed or was rejected), interrupted (by a signal) or abandoned (its process vanished).',
      ],
      command: ['text not null', 'The command, e.g. sync.'],
      version: ['text not null', 'The version of larkhouse that ran.'],
      error: ['text', 'What ended the run. Null: no error did.'],
    },
  },
  {
    name: 'sync_stream_runs',
    comment: 'What each run did for each stream of each source.',
    key: ['source', 'run_id', 'stream'],
    columns: {
      ...source,
      run_id: ['bigint', 'The run (sync_runs.run_id).'],
      stream: ['text', stream],
      status: ['text not null', 'How the stream ended, e.g. complete or failed.'],
      records: ['bigint not null default 0', 'Records read from Lark.'],
      rows_inserted: ['bigint not null default 0', 'Rows that were new.'],
      rows_updated: ['bigint not null default 0', 'Rows that were there and changed.'],
      rows_unchanged: [
        'bigint not null default 0',
        'Rows that were there and stayed as they were.',
      ],
      rows_deleted: ['bigint not null default 0', 'Rows removed or marked as deleted.'],
      rejected: [
        'bigint not null default 0',
        'Records that could not become rows (rejected_records).',
      ],
      requests: ['bigint not null default 0', 'Calls sent to Lark.'],
      throttled: [
        'bigint not null default 0',
        'Calls that Lark refused because of its rate limit.',
      ],
      retries: ['bigint not null default 0', 'Calls that were repeated after a failure.'],
      seconds: ['double precision not null default 0', 'How long the stream took, in seconds.'],
      error: ['text', 'What stopped the stream or parts of it. Null: nothing did.'],
    },
  },
  {
    name: 'rejected_records',
    comment: 'Records that Lark gave and that could not become rows, kept as they came.',
    key: ['source', 'id'],
    columns: {
      ...source,
      id: ['bigint generated always as identity', 'Number of the rejection.'],
      stream: ['text not null', stream],
      partition: ['text not null', partition],
      record_key: ['text not null', 'Key of the record. Empty: it has none.'],
      payload: ['text not null', 'The record, as JSON.'],
      reason: ['text not null', 'Why it could not become rows.'],
      sqlstate: ['text', 'The error code of Postgres, if Postgres refused it.'],
      rejected_at: ['timestamptz not null default now()', 'When the record was last rejected.'],
      resolved_at: ['timestamptz', 'When the record was loaded after all. Null: it was not.'],
    },
    indexes: ['("source", "stream", "record_key") where "resolved_at" is null'],
  },
  {
    name: 'api_usage',
    comment: 'Calls sent to Lark, counted by endpoint and day.',
    key: ['source', 'endpoint', 'day'],
    columns: {
      ...source,
      endpoint: ['text', 'The endpoint, e.g. approval.instances.get.'],
      day: ['date', 'The day of the calls, in UTC.'],
      requests: ['bigint not null default 0', 'Calls sent.'],
      throttled: [
        'bigint not null default 0',
        'Calls that Lark refused because of its rate limit.',
      ],
      errors: ['bigint not null default 0', 'Calls that failed otherwise.'],
    },
  },
  {
    name: 'sync_held_deletions',
    comment:
      'Implausibly many deletions that one complete read found; they are marked once the next complete read finds the same.',
    key: ['source', 'stream', 'partition', 'digest'],
    columns: {
      ...source,
      stream: ['text', stream],
      partition: ['text', partition],
      digest: ['bytea', 'A hash of the keys of the missing rows.'],
      candidates: ['bigint not null', 'How many rows were missing.'],
      run_id: ['bigint not null', 'The run that held them back (sync_runs.run_id).'],
      held_at: ['timestamptz not null', 'When they were held back.'],
    },
  },
  {
    name: 'sync_out_of_sight',
    comment:
      'Rows that went missing when a filter or a contact range changed: out of sight, which is not the same as deleted.',
    key: ['source', 'stream', 'record_key'],
    columns: {
      ...source,
      stream: ['text', stream],
      record_key: ['text', 'Key of the row, as a JSON list.'],
      run_id: ['bigint not null', 'The run that lost sight of it (sync_runs.run_id).'],
      hidden_at: ['timestamptz not null', 'When it went out of sight.'],
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
