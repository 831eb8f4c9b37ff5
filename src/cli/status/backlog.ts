// What still waits: approvals that are followed until they close, and deletions that are held back.

import type { Pool } from 'pg';
import { qualified } from '../../load/identifier.ts';
import { query } from '../../load/pool.ts';

/** Approval instances that a source follows, by the tenant's clock. */
export interface Followed {
  /** Instances that had not ended when they were last read. */
  readonly open: number;
  /** Due before the last sync began, and not read since: it did not get to them. */
  readonly overdue: number;
  /** When the next one is read again, or should have been. Null: none is. */
  readonly next_due_at: Date | null;
}

/** Implausibly many deletions, which the next complete reading marks if it agrees. */
export interface HeldDeletions {
  readonly stream: string;
  readonly partition: string;
  readonly rows: number;
  readonly run_id: number;
  readonly held_at: Date;
}

export interface Backlog {
  /** By source; those that follow none are left out. */
  readonly followed: ReadonlyMap<string, Followed>;
  readonly held: ReadonlyMap<string, readonly HeldDeletions[]>;
}

export const emptyBacklog: Backlog = { followed: new Map(), held: new Map() };

type OfSource<R> = R & { readonly source: string };

/** Throws SchemaError and WarehouseError. */
export async function readBacklog(pool: Pool, schema: string): Promise<Backlog> {
  const table = (name: string): string => qualified(schema, name);
  const followed = await query<OfSource<Followed>>(
    pool,
    `with last as (
  select s.source, max(r.started_at) as at
  from ${table('sync_stream_runs')} s join ${table('sync_runs')} r using (run_id)
  where s.stream = 'approval.instances' and r.command = 'sync' group by s.source
)
select f.source, min(f.due_at) as next_due_at,
  (count(*) filter (where f.settled_at is null))::float8 as open,
  (count(*) filter (where f.due_at <= l.at
    and (f.read_at is null or f.read_at < l.at)))::float8 as overdue
from ${table('approval_follows')} f join last l on l.source = f.source group by f.source`,
  );
  const held = await query<OfSource<HeldDeletions>>(
    pool,
    `select source, stream, partition, candidates::float8 as rows, run_id::float8, held_at
from ${table('sync_held_deletions')} order by source, stream, partition`,
  );
  return {
    followed: new Map(followed.map(({ source, ...rest }) => [source, rest])),
    held: Map.groupBy(held, ({ source }) => source),
  };
}
