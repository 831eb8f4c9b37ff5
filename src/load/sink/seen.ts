// The keys that a reading has given so far, kept beside the connection that writes them.

import type { ClientBase } from 'pg';
import type { PgValue, RecordRows, Reject } from '../../stream.ts';
import { ident } from '../identifier.ts';
import { copyIn, encodeValues } from './copy.ts';
import { type Layout, picker } from './layout.ts';

const table = 'pg_temp.seen_keys';

/** Makes an empty memory, whoever used this connection before. */
export async function createSeen(client: ClientBase, { key }: Layout): Promise<void> {
  const columns = key.map((name) => `${ident(name)} text`).join(', ');
  await client.query(`drop table if exists ${table}; create temp table ${table} (${columns})`);
}

/** Adds the keys of records, of those too that were rejected: Lark has given them. */
export async function addSeen(
  client: ClientBase,
  root: Layout,
  records: readonly RecordRows[],
  rejects: readonly Reject[],
): Promise<void> {
  const keys = keysOf(root, records, rejects);
  await copyIn(client, `copy ${table} from stdin`, encodeValues(keys));
}

function* keysOf(
  root: Layout,
  records: readonly RecordRows[],
  rejects: readonly Reject[],
): Generator<readonly PgValue[]> {
  const keyOf = picker(root, root.key);
  for (const { rows } of records) {
    for (const row of rows[0] ?? []) yield keyOf(row);
  }
  for (const { key } of rejects) {
    const values = splitKey(root, key);
    if (values !== undefined) yield values;
  }
}

/** The parts of a record's key; undefined when there is none. */
export function splitKey({ key }: Layout, text: string): readonly string[] | undefined {
  if (text === '') return undefined;
  if (key.length === 1) return [text];
  try {
    const parts: unknown = JSON.parse(text);
    return Array.isArray(parts) && parts.length === key.length ? parts.map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** The condition that the reading has not given the row `t`. */
export function notSeen({ key }: Layout): string {
  const same = key.map((name) => `s.${ident(name)} = t.${ident(name)}::text`).join(' and ');
  return `not exists (select from ${table} s where ${same})`;
}

/** What the reading gave, each with its key in one text as `keyText` writes it. */
export function seenKeys({ key }: Layout): string {
  return `select jsonb_build_array(${key.map(ident).join(', ')})::text as record_key from ${table}`;
}

/** The key of the row `t` in one text. */
export function keyText({ key }: Layout): string {
  return `jsonb_build_array(${key.map((name) => `t.${ident(name)}::text`).join(', ')})::text`;
}

/** Whether the source has live rows that a reading could find missing. */
export async function hasLiveRows(
  client: ClientBase,
  root: Layout,
  source: string,
): Promise<boolean> {
  const { rows } = await client.query<{ some: boolean }>(
    `select exists (select from ${root.target} where source = $1 and deleted_at is null) as some`,
    [source],
  );
  return rows[0]?.some === true;
}
