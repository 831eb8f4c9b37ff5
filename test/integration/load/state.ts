// What tests of failures look at while and after they happen.

import { setTimeout as pause } from 'node:timers/promises';
import type { Warehouse } from './warehouse.ts';

export interface State {
  /** Of the table of `base_records` that is named as the partition. */
  readonly rows: number;
  readonly gone: readonly unknown[];
  readonly cursor: unknown;
}

/** What is committed of a partition that is named as the table that it fills. */
export async function stateOf(house: Warehouse, partition: string): Promise<State> {
  const [records, cursors] = await Promise.all([
    house.rows(
      'select record_id as id, deleted_at is not null as gone from @.base_records where table_id = $1 order by 1',
      [partition],
    ),
    house.rows('select cursor from @.sync_cursors where partition = $1', [partition]),
  ]);
  return {
    rows: records.length,
    gone: records.filter(({ gone }) => gone === true).map(({ id }) => id),
    cursor: cursors[0]?.['cursor'],
  };
}

/** Waits until a statement waits for a lock; gives the process that runs it. */
export async function untilBlocked(house: Warehouse): Promise<number> {
  for (;;) {
    const [row] = await house.rows(
      "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (row !== undefined) return Number(row['pid']);
    await pause(20);
  }
}
