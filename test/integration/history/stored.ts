// What the warehouse holds of a source, by the things that the chronicle knows.

import type { Pool } from 'pg';
import { textOf } from './chronicle.ts';

export interface Stored {
  readonly parts: Record<string, string>;
  /** Marked as deleted; its parts are empty. */
  readonly isDeleted: boolean;
}

/** Tables of a kind of thing, the first one holding the thing itself; `key` names the thing. */
interface Kind {
  readonly tables: readonly [string, ...string[]];
  readonly key: readonly string[];
}

const kinds: Readonly<Record<string, Kind>> = {
  definition: { tables: ['approval_definitions'], key: ['approval_code'] },
  instance: {
    tables: [
      'approval_instances',
      'approval_instance_payloads',
      'approval_fields',
      'approval_tasks',
      'approval_timeline',
      'approval_comments',
    ],
    key: ['instance_code'],
  },
  app: { tables: ['base_apps'], key: ['app_token'] },
  table: { tables: ['base_tables'], key: ['app_token', 'table_id'] },
  field: { tables: ['base_fields'], key: ['app_token', 'table_id', 'field_id'] },
  record: { tables: ['base_records'], key: ['app_token', 'table_id', 'record_id'] },
  user: { tables: ['contact_users', 'contact_user_departments'], key: ['open_id'] },
  department: { tables: ['contact_departments'], key: ['open_department_id'] },
  punch: { tables: ['attendance_flows'], key: ['record_id'] },
};

const control = new Set(['source', 'run_id', 'synced_at', 'row_hash', 'deleted_at']);

type Row = Readonly<Record<string, unknown>>;

/** All things of the kind that have a row, deleted ones too. */
export async function storedOf(
  pool: Pool,
  source: string,
  kind: string,
): Promise<Map<string, Stored>> {
  const { tables, key } = kinds[kind] ?? { tables: [kind], key: [] };
  const things = new Map<string, Stored>();
  for (const [index, table] of tables.entries()) {
    const { rows } = await pool.query<Row>(`select * from lark.${table} where source = $1`, [
      source,
    ]);
    const byThing = Map.groupBy(rows, (row) => key.map((name) => String(row[name])).join('/'));
    for (const [id, own] of byThing) {
      const live = own.filter((row) => (row['deleted_at'] ?? null) === null);
      const known = things.get(id) ?? { parts: {}, isDeleted: index === 0 && live.length === 0 };
      if (live.length > 0) known.parts[table] = textOf(live.map(columnsOf));
      things.set(id, known);
    }
  }
  // A thing without rows in a table has none there, which the chronicle writes as an empty text.
  for (const { parts } of things.values()) {
    if (Object.keys(parts).length > 0) for (const table of tables) parts[table] ??= '';
  }
  return things;
}

function columnsOf(row: Row): Row {
  const columns = Object.entries(row).filter(([name]) => !control.has(name));
  return Object.fromEntries(
    columns.map(([name, value]) => [name, value instanceof Date ? value.getTime() : value]),
  );
}
