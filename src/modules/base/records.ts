// The records of each table, whole whenever its revision moved: the API tells neither what changed nor what was deleted.

import { NotFoundError } from '../../errors.ts';
import { type JsonObject, objectsOf, stringsOf } from '../../json.ts';
import type { Page, Read, Stream, Table } from '../../stream.ts';
import { epochMs, json, text } from '../../transform/columns.ts';
import { batchGetRecords, searchRecords } from './endpoints.ts';
import { isUnchanged } from './freshness.ts';
import { type TablePartition, tablePartitions, tablesStream } from './partitions.ts';
import { type BaseEntry, choicesOf } from './settings.ts';

const table: Table = {
  name: 'base_records',
  key: ['app_token', 'table_id', 'record_id'],
  marksDeletion: true,
  columns: {
    app_token: text(),
    table_id: text(),
    record_id: text(),
    fields: json(),
    created_time: epochMs(),
    last_modified_time: epochMs(),
    created_by: json(),
    last_modified_by: json(),
  },
};

export function records(entries: readonly BaseEntry[]): Stream {
  return {
    name: 'base.records',
    tables: [table],
    needs: [tablesStream],
    partitions: (plan) => tablePartitions(plan, choicesOf(entries)),
    pages,
    gone,
  } satisfies Stream<TablePartition>;
}

async function* pages(read: Read<TablePartition>): AsyncGenerator<Page> {
  const { partition, lark, warn } = read;
  const now = await lark.now();
  const views = partition.views.join(' ');
  if (isUnchanged(read, now, views)) return;
  const ids = idsOf(partition);
  const cursor = { revision: partition.revision, views, gone: partition.isGone, read_at: now };
  let isWhole = true;
  for (const view of partition.isGone ? [] : viewsOf(partition)) {
    const seen = new Tally();
    const body = { automatic_fields: true, ...(view === '' ? {} : { view_id: view }) };
    for await (const data of lark.pages(searchRecords, { params: ids, body })) {
      const items = objectsOf(data['items']);
      if (seen.total === 0 && typeof data['total'] === 'number') read.expect(data['total']);
      seen.add(items.length, data['total']);
      yield { records: items.map((item) => ({ ...item, ...ids })) };
    }
    if (seen.isShort) {
      isWhole = false;
      warn(
        `table ${partition.key} gave ${seen.count} of the ${seen.total} records that it says it has; ` +
          'nothing is marked deleted, and it is read again by the next run',
      );
    }
  }
  yield isWhole
    ? { records: [], cursor, covers: ids }
    : { records: [], cursor: { ...cursor, revision: '' } };
}

function viewsOf(partition: TablePartition): readonly string[] {
  return partition.views.length === 0 ? [''] : partition.views;
}

function idsOf({ appToken, tableId }: TablePartition): { app_token: string; table_id: string } {
  return { app_token: appToken, table_id: tableId };
}

/** How many records a listing gave against the total that it stated. */
class Tally {
  count = 0;
  total = 0;

  add(items: number, total: JsonObject[string]): void {
    this.count += items;
    if (typeof total === 'number') this.total = total;
  }

  get isShort(): boolean {
    return this.count < this.total;
  }
}

/** Records that a view no longer shows still exist: only what Lark calls absent is gone. */
async function gone(
  { lark, partition }: Read<TablePartition>,
  keys: readonly (readonly string[])[],
): Promise<readonly (readonly string[])[]> {
  const absent = new Set<string>();
  for (let start = 0; start < keys.length; start += 100) {
    const record_ids = keys.slice(start, start + 100).map((key) => key[2] ?? '');
    try {
      const answer = await lark.call(batchGetRecords, {
        params: idsOf(partition),
        body: { record_ids },
      });
      for (const id of stringsOf(answer['absent_record_ids'])) absent.add(id);
    } catch (error) {
      if (!(partition.isGone && error instanceof NotFoundError)) throw error;
      for (const id of record_ids) absent.add(id);
    }
  }
  return keys.filter((key) => absent.has(key[2] ?? ''));
}
