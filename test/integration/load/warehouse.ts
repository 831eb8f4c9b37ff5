// A migrated database, and streams small enough to write by hand, for the tests of the loader.

import type { Pool } from 'pg';
import { migrateUp } from '../../../src/load/migrate.ts';
import { openPool } from '../../../src/load/pool.ts';
import { createSink } from '../../../src/load/sink.ts';
import { recordList } from '../../../src/record-list.ts';
import { toRow } from '../../../src/row.ts';
import type { SinkNotes, Writer } from '../../../src/sink.ts';
import type {
  Batch,
  Column,
  PgType,
  PgValue,
  RecordRows,
  Row,
  Stream,
  Table,
} from '../../../src/stream.ts';
import { testDatabase } from '../../postgres.ts';

export interface Warehouse {
  readonly url: string;
  readonly pool: Pool;
  readonly schema: string;
  /** Rows of a statement in which `@` stands for the schema. */
  rows(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  open(stream: Stream, options?: Opening): Promise<Writer>;
  /** Ends the pool and drops the database. */
  drop(): Promise<void>;
}

export interface Opening {
  readonly runId?: number;
  readonly partition?: string;
  readonly source?: string;
  readonly notes?: Partial<SinkNotes>;
  /** In place of the warehouse's own. */
  readonly pool?: Pool;
  readonly signal?: AbortSignal;
}

export async function warehouse(schema = 'lark'): Promise<Warehouse> {
  const { url, drop } = await testDatabase();
  await migrateUp(url, schema);
  const pool = openPool(url);
  const writers: Writer[] = [];
  return {
    url,
    pool,
    schema,
    async rows(text, values = []) {
      const result = await pool.query<Record<string, unknown>>(
        text.replaceAll('@', `"${schema.replaceAll('"', '""')}"`),
        [...values],
      );
      return result.rows;
    },
    async open(
      stream,
      { runId = 1, partition = 'p', source = 'acme', notes = {}, pool: other = pool, ...more } = {},
    ) {
      const writer = await createSink({ pool: other, schema, source, runId, ...more }).open(
        stream,
        { key: partition },
        { confirm: undefined, warn: () => undefined, fail: () => undefined, ...notes },
      );
      writers.push(writer);
      return writer;
    },
    async drop() {
      // Those of tests that failed.
      for (const writer of writers) await writer.close();
      await pool.end();
      await drop();
    },
  };
}

function columns(types: Readonly<Record<string, PgType>>): Readonly<Record<string, Column>> {
  const read = () => null;
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type, read }]));
}

function stream(name: Stream['name'], tables: Stream['tables']): Stream {
  return { name, tables, partitions: () => [], pages: () => none() };
}

async function* none(): AsyncGenerator<never> {
  yield* [];
}

const records: Table = {
  name: 'base_records',
  key: ['app_token', 'table_id', 'record_id'],
  columns: columns({ app_token: 'text', table_id: 'text', record_id: 'text', fields: 'jsonb' }),
  marksDeletion: true,
};
export const base: Stream = stream('base.records', [records]);

const instances: Table = {
  name: 'approval_instances',
  key: ['instance_code'],
  columns: columns({ instance_code: 'text', status: 'text' }),
};
const tasks: Table = {
  name: 'approval_tasks',
  key: ['instance_code', 'task_id'],
  columns: columns({ instance_code: 'text', task_id: 'text', start_time: 'timestamptz' }),
  owner: ['instance_code'],
};
const follows: Table = {
  name: 'approval_follows',
  key: ['instance_code'],
  columns: columns({ instance_code: 'text', status: 'text' }),
  bookkeeping: true,
};
export const approval: Stream = stream('approval.instances', [instances, tasks, follows]);

const users: Table = {
  name: 'contact_users',
  key: ['open_id'],
  columns: columns({ open_id: 'text', name: 'text', gender: 'integer' }),
  marksDeletion: true,
};
const memberships: Table = {
  name: 'contact_user_departments',
  key: ['open_id', 'open_department_id'],
  columns: columns({ open_id: 'text', open_department_id: 'text' }),
  owner: ['open_id'],
  marksDeletion: true,
};
export const contact: Stream = stream('contact.users', [users, memberships]);

const flags: Table = {
  name: 'approval_instances',
  key: ['instance_code'],
  columns: columns({ instance_code: 'text', reverted: 'boolean' }),
};
const fields: Table = {
  name: 'approval_fields',
  key: ['instance_code', 'position'],
  columns: columns({
    instance_code: 'text',
    position: 'integer',
    value: 'jsonb',
    value_number: 'numeric',
    value_time: 'timestamptz',
  }),
  owner: ['instance_code'],
};
/** With columns of every type but bigint. */
export const typed: Stream = stream('approval.instances', [flags, fields]);

/** A row of the stream's root table, or of another. */
export function row({ tables }: Stream, values: readonly PgValue[], table = 0): Row {
  const { columns } = tables[table] ?? tables[0];
  return toRow(
    Object.values(columns).map(({ type }) => type),
    values,
  );
}

/** A record of `base` in the table `tbl1`, or another. */
export function baseRecord(id: string, fields: string, table = 'tbl1'): RecordRows {
  const key = JSON.stringify(['app', table, id]);
  return { key, rows: [[row(base, ['app', table, id, fields])]] };
}

export function instance(code: string, status: string, taskIds: readonly string[]): RecordRows {
  const taskRows = taskIds.map((id) => row(approval, [code, id, '2025-01-01T00:00:00.000Z'], 1));
  return {
    key: code,
    rows: [[row(approval, [code, status])], taskRows, [row(approval, [code, 'FOLLOWED'], 2)]],
  };
}

export function user(id: string, name: string, departments: readonly string[] = []): RecordRows {
  return {
    key: id,
    rows: [
      [row(contact, [id, name, '1'])],
      departments.map((department) => row(contact, [id, department], 1)),
    ],
  };
}

export function batch(given: readonly RecordRows[], more: Partial<Batch> = {}): Batch {
  return {
    records: recordList(given),
    rejects: [],
    read: given.length,
    cursor: undefined,
    covers: undefined,
    unlike: false,
    abandoned: false,
    ...more,
  };
}
