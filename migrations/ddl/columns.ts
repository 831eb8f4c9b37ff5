// Columns that tables have in common.

import type { ColumnDdl } from './table.ts';

/** First in every key. */
export const source: Readonly<{ source: ColumnDdl }> = {
  source: ['text', 'The tenant, as the configuration names it.'],
};

/** Last in every table that holds what Lark gave. */
export const tracked: Readonly<Record<'run_id' | 'synced_at' | 'row_hash', ColumnDdl>> = {
  run_id: ['bigint not null', 'The run that last changed this row (sync_runs.run_id).'],
  synced_at: [
    'timestamptz not null',
    'When this row last changed here; reading it again unchanged does not count.',
  ],
  row_hash: ['bytea not null', 'A hash of the row, by which the loader sees whether it changed.'],
};

/** For tables that mirror a snapshot. */
export const deletable: Readonly<{ deleted_at: ColumnDdl }> = {
  deleted_at: [
    'timestamptz',
    'When the loader found that this is gone from Lark; the last values are kept. Null while it exists.',
  ],
};
