// What a run leaves in the warehouse besides what it says of itself: WAL, and rows that were written or locked.

import type { Database } from './postgres.ts';

export interface Traces {
  /** Bytes of WAL since the start. */
  walBytes(): Promise<number>;
  /** Rows of the table that a transaction since the start has written or locked. */
  rowsTouched(table: string): Promise<number>;
}

export async function startTraces(database: Database): Promise<Traces> {
  const [start] = await database.rows<{ lsn: string; transaction: string }>(
    `select pg_current_wal_insert_lsn()::text as lsn,
  pg_snapshot_xmax(pg_current_snapshot())::text as transaction`,
  );
  return {
    async walBytes() {
      const [row] = await database.rows<{ bytes: number }>(
        'select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1::pg_lsn)::float8 as bytes',
        [start?.lsn],
      );
      return row?.bytes ?? Number.NaN;
    },
    async rowsTouched(table) {
      const [row] = await database.rows<{ count: number }>(
        `select count(*)::integer as count from lark.${table}
where xmin::text::bigint >= $1 or xmax::text::bigint >= $1`,
        [start?.transaction],
      );
      return row?.count ?? Number.NaN;
    },
  };
}
