// What each channel has told, as the warehouse remembers it.

import type { Pool } from 'pg';
import { qualified } from '../../load/identifier.ts';
import { query } from '../../load/pool.ts';
import type { Mark, Told } from './news.ts';

export interface Memory {
  /** Throws WarehouseError and SchemaError, as `remember` does. */
  told(channel: string): Promise<Told>;
  remember(channel: string, marks: readonly Mark[]): Promise<void>;
}

export function memoryIn(pool: Pool, schema: string): Memory {
  const table = qualified(schema, 'sync_notices');
  return {
    async told(channel) {
      const rows = await query<{ source: string; event: string; subject: string; told_at: Date }>(
        pool,
        `select source, event, subject, told_at from ${table} where channel = $1 and over_at is null`,
        [channel],
      );
      const times = new Map(
        rows.map(({ source, event, subject, told_at: at }) => [keyOf(source, event, subject), at]),
      );
      return { since: (source, event, subject) => times.get(keyOf(source, event, subject)) };
    },
    async remember(channel, marks) {
      for (const { source, event, subject, at, isOver } of marks) {
        await query(
          pool,
          isOver
            ? `update ${table} set over_at = $5
where source = $1 and channel = $2 and event = $3 and subject = $4`
            : `insert into ${table} (source, channel, event, subject, told_at)
values ($1, $2, $3, $4, $5) on conflict (source, channel, event, subject)
do update set told_at = excluded.told_at, over_at = null`,
          [source, channel, event, subject, at],
        );
      }
    },
  };
}

function keyOf(source: string, event: string, subject: string): string {
  return `${source} ${event} ${subject}`;
}
