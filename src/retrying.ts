// Rejected records once more: a stream whose pages are the payloads that the warehouse kept, so that today's
// code and today's tables make rows of them, without the tenant.
//
// A payload is the record as Lark gave it or, where Postgres refused its rows, these rows by table.

import { RecordError } from './errors.ts';
import { isArray, isObject, type JsonObject, objectsOf, parseJson } from './json.ts';
import type { Column, Page, Partition, Plan, Read, Replica, Stream, Table } from './stream.ts';
import { withheld } from './transform/make.ts';
import { rootKeyOf } from './transform/rows.ts';

const rejections = 'rejected_records';

/**
 * The stream giving the records that are rejected and not resolved, the oldest rejection first. The cursor of
 * a page says up to which rejection all were given; the sink must not take it for that of the partition.
 * What was loaded in a newer version since its rejection is left out, and so is what was kept without its payload.
 */
export function retrying(stream: Stream): Stream {
  const [root, ...others] = stream.tables;
  const refused = new WeakSet<JsonObject>();
  const revived: Stream = {
    ...stream,
    needs: [],
    after: [],
    suspect: true,
    tables: [revive(root, refused), ...others.map((table) => revive(table, refused))],
    partitions: (plan) => partitionsOf(stream, plan),
    pages: (read) => rejectedPages(revived, read),
  };
  return revived;
}

async function* partitionsOf({ name }: Stream, { replica }: Plan): AsyncGenerator<Partition> {
  const keys = new Set<string>();
  const open = { stream: name, resolved_at: null };
  for await (const row of replica.rows(rejections, ['partition'], open)) {
    keys.add(row['partition'] ?? '');
  }
  for (const key of keys) yield { key };
}

async function* rejectedPages(stream: Stream, read: Read): AsyncGenerator<Page> {
  const { replica, partition, warn } = read;
  const open = { stream: stream.name, partition: partition.key, resolved_at: null };
  const counts = { outdated: 0, withheld: 0 };
  for await (const row of replica.rows(rejections, ['id', 'rejected_at'], open)) {
    const id = row['id'] ?? '';
    const payload = await payloadOf(replica, id);
    if (payload === withheld) {
      counts.withheld += 1;
      continue;
    }
    const record = recordOf(payload, id);
    const isOutdated = await isNewer(stream, replica, record, row['rejected_at'] ?? '');
    if (isOutdated) counts.outdated += 1;
    yield { records: isOutdated ? [] : [record], cursor: { id } };
  }
  if (counts.outdated > 0) {
    warn(
      `of ${partition.key}, ${counts.outdated} were loaded in a newer version since their rejection`,
    );
  }
  if (counts.withheld > 0) {
    warn(
      `of ${partition.key}, ${counts.withheld} are kept without their payload, for privacy: only a reading of Lark can load them`,
    );
  }
}

/** One at a time: payloads may be large. */
async function payloadOf(replica: Replica, id: string): Promise<string> {
  let payload = '';
  for await (const row of replica.rows(rejections, ['payload'], { id })) {
    payload = row['payload'] ?? '';
  }
  return payload;
}

/** Throws RecordError. */
function recordOf(payload: string, id: string): JsonObject {
  try {
    const record = parseJson(payload);
    if (isObject(record)) return record;
  } catch {
    // A parser's message quotes the text.
  }
  throw new RecordError(`the payload of rejection ${id} is no JSON object`, {
    hint: `correct it in ${rejections}, or set its resolved_at`,
  });
}

/** Whether the record's row changed here after the rejection, by a reading that knew more. */
async function isNewer(
  stream: Stream,
  replica: Replica,
  record: JsonObject,
  rejectedAt: string,
): Promise<boolean> {
  const [root] = stream.tables;
  const key = rootKeyOf(stream, record);
  if (key === '') return false;
  const parts: unknown = root.key.length === 1 ? [key] : JSON.parse(key);
  const values = Array.isArray(parts) ? parts.map(String) : [];
  const where = Object.fromEntries(root.key.map((name, place) => [name, values[place] ?? '']));
  for await (const { synced_at: at } of replica.rows(root.name, ['synced_at'], where)) {
    return (at ?? '') > rejectedAt;
  }
  return false;
}

/** The table, also of rows that Postgres refused: their values are texts already. */
function revive(table: Table, refused: WeakSet<JsonObject>): Table {
  const columns = Object.entries(table.columns).map(([name, column]) => [
    name,
    reviveColumn(column, refused),
  ]);
  return {
    ...table,
    columns: Object.fromEntries(columns),
    items(record) {
      const rows = record[table.name];
      if (!isArray(rows)) return table.items?.(record) ?? [record];
      const items = objectsOf(rows);
      for (const item of items) refused.add(item);
      return items;
    },
  };
}

function reviveColumn(column: Column, refused: WeakSet<JsonObject>): Column {
  const { compared } = column;
  const textIn = (item: JsonObject, name: string): string | null => {
    const value = item[name];
    return typeof value === 'string' ? value : null;
  };
  return {
    ...column,
    read: (item, name) => (refused.has(item) ? textIn(item, name) : column.read(item, name)),
    ...(compared === undefined
      ? {}
      : {
          compared: (item: JsonObject, name: string) =>
            refused.has(item) ? textIn(item, name) : compared(item, name),
        }),
  };
}
