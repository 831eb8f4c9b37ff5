// All that the warehouse holds of its tables, as texts that can be compared: what every run writes
// anew (run_id, synced_at, times of marks) is left out, and times of reading count to the minute.

import type { Pool } from 'pg';

export interface StoredRow {
  readonly key: string;
  /** The whole row as JSON. */
  readonly text: string;
  /** The partition of its stream, where that can be told from the row. */
  readonly partition: string | null;
  readonly isDeleted: boolean;
  readonly runId: number;
}

export interface Snapshot {
  /** Rows by key, by table. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, StoredRow>>;
  /** Cursors as JSON by stream and partition. */
  readonly cursors: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** The stream that writes a table, and how a row tells its partition. */
interface Home {
  readonly stream: string;
  readonly partition?: string;
}

const ofInstance = `(select i.approval_code from lark.approval_instances i
  where i.source = t.source and i.instance_code = t.instance_code)`;
const ofTable = "t.app_token || '/' || t.table_id";

/** Every table that holds what Lark gave; streams remember things of their own in others. */
export const homes: Readonly<Record<string, Home>> = {
  approval_definitions: { stream: 'approval.definitions', partition: 't.approval_code' },
  approval_instances: { stream: 'approval.instances', partition: 't.approval_code' },
  approval_instance_payloads: { stream: 'approval.instances', partition: 't.approval_code' },
  approval_fields: { stream: 'approval.instances', partition: ofInstance },
  approval_tasks: { stream: 'approval.instances', partition: ofInstance },
  approval_timeline: { stream: 'approval.instances', partition: ofInstance },
  approval_comments: { stream: 'approval.instances', partition: ofInstance },
  base_apps: { stream: 'base.apps', partition: 't.app_token' },
  base_tables: { stream: 'base.tables', partition: 't.app_token' },
  base_fields: { stream: 'base.fields', partition: ofTable },
  base_records: { stream: 'base.records', partition: ofTable },
  attendance_flows: { stream: 'attendance.flows' },
  contact_departments: { stream: 'contact.departments' },
  contact_users: { stream: 'contact.users' },
  contact_user_departments: { stream: 'contact.users' },
};

/** What streams remember for themselves, equal too when the same was read at the same time. */
const bookkeeping: Readonly<Record<string, Home>> = {
  approval_follows: { stream: 'approval.instances' },
  attendance_people: { stream: 'attendance.flows' },
};

const leftOut = "'{run_id,synced_at,deleted_at}'::text[]";

export function isBookkeeping(table: string): boolean {
  return table in bookkeeping;
}

export async function snapshotOf(pool: Pool, source = 'acme'): Promise<Snapshot> {
  const tables = new Map<string, ReadonlyMap<string, StoredRow>>();
  for (const [table, home] of Object.entries({ ...homes, ...bookkeeping })) {
    tables.set(table, await rowsOf(pool, table, home, source));
  }
  return { tables, cursors: await cursorsOf(pool, source) };
}

async function rowsOf(
  pool: Pool,
  table: string,
  { partition }: Home,
  source: string,
): Promise<ReadonlyMap<string, StoredRow>> {
  const key = await keyOf(pool, table);
  const { rows } = await pool.query<StoredRow>(
    `select concat_ws('/', ${key}) as key, (to_jsonb(t) - ${leftOut})::text as text,
  ${partition ?? 'null'} as partition, to_jsonb(t)->>'deleted_at' is not null as "isDeleted",
  t.run_id::float8 as "runId"
from lark.${table} t where t.source = $1 order by 1`,
    [source],
  );
  const isOwn = isBookkeeping(table);
  return new Map(
    rows.map((row) => [row.key, isOwn ? { ...row, text: toTheMinute(row.text) } : row]),
  );
}

/** Bookkeeping holds the times at which the tenant was read, and so a hash of them. */
function toTheMinute(text: string): string {
  return text
    .replace(/("\d{4}-\d\d-\d\dT\d\d:\d\d):[\d.]+/g, '$1')
    .replace(/\b(1\d{12})\b/g, (ms) => String(Math.floor(Number(ms) / 60_000)))
    .replace(/"row_hash": "\W+\w+"/, '');
}

/** The columns of the primary key after the source. */
async function keyOf(pool: Pool, table: string): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    `select quote_ident(a.attname) as name from pg_index i
join unnest(i.indkey) with ordinality as k (attnum, place) on true
join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
where i.indrelid = $1::regclass and i.indisprimary and a.attname <> 'source' order by k.place`,
    [`lark.${table}`],
  );
  return rows.map(({ name }) => `t.${name}`).join(', ');
}

async function cursorsOf(
  pool: Pool,
  source: string,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const { rows } = await pool.query<{ stream: string; partition: string; cursor: string }>(
    `select stream, partition, cursor::text as cursor from lark.sync_cursors
where source = $1 and cursor is not null order by 1, 2`,
    [source],
  );
  return new Map(
    [...Map.groupBy(rows, ({ stream }) => stream)].map(([stream, own]) => [
      stream,
      new Map(own.map(({ partition, cursor }) => [partition, toTheMinute(cursor)])),
    ]),
  );
}
