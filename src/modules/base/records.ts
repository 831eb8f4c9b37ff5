// The records of each table, whole whenever its revision moved: the API tells neither what changed nor what was deleted.

import { NotFoundError } from '../../errors.ts';
import { objectsOf, stringsOf } from '../../json.ts';
import type { Page, Read, Stream, Table } from '../../stream.ts';
import { epochMs, json, personal, text } from '../../transform/columns.ts';
import { batchGetRecords, searchRecords } from './endpoints.ts';
import { isUnchanged } from './freshness.ts';
import { type TablePartition, tablePartitions, tablesStream } from './partitions.ts';
import { type BaseEntry, choicesOf } from './settings.ts';

const table: Table = {
  name: 'base_records',
  key: ['app_token', 'table_id', 'record_id'],
  marksDeletion: true,
  asSent: 1,
  columns: {
    app_token: text(),
    table_id: text(),
    record_id: text(),
    fields: personal(json()),
    created_time: epochMs(),
    last_modified_time: epochMs(),
    created_by: personal(json()),
    last_modified_by: personal(json()),
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
  const covers = idsOf(partition);
  const cursor = { revision: partition.revision, views, gone: partition.isGone, read_at: now };
  if (partition.isGone) {
    if (await isAbandoned(read)) yield { records: [], cursor, covers, abandoned: true };
    return;
  }
  const tally = new Tally();
  for (const view of viewsOf(partition)) yield* viewed(read, view, tally);
  if (tally.isShort) {
    warn(
      `table ${partition.key} gave ${tally.count} of the ${tally.total} records that it says it has; ` +
        'nothing is marked deleted, and it is read again by the next run',
    );
    yield { records: [], cursor: { ...cursor, revision: '' } };
  } else {
    yield { records: [], cursor, covers };
  }
}

/** The records of a view, or of the table when it is none. */
async function* viewed(
  { partition, lark, expect, recognises }: Read<TablePartition>,
  view: string,
  tally: Tally,
): AsyncGenerator<Page> {
  const ids = idsOf(partition);
  const body = { automatic_fields: true, ...(view === '' ? {} : { view_id: view }) };
  let total = 0;
  const endpoint = recognises === true ? { ...searchRecords, only: ['record_id'] } : searchRecords;
  for await (const data of lark.pages(endpoint, { params: ids, body })) {
    const items = objectsOf(data['items']);
    const stated = typeof data['total'] === 'number' ? data['total'] : total;
    expect(Math.max(0, stated - total));
    tally.add(items.length, stated - total);
    total = stated;
    yield { records: items.map((item) => ({ ...item, ...ids })) };
  }
}

/** A table that is no longer listed may only be hidden: it is gone when Lark does not know it. */
async function isAbandoned({ lark, partition, warn }: Read<TablePartition>): Promise<boolean> {
  try {
    const query = { page_size: 1 };
    await lark.call(searchRecords, { params: idsOf(partition), query, body: {} });
  } catch (error) {
    if (error instanceof NotFoundError) return true;
    throw error;
  }
  warn(`table ${partition.key} is not listed but still answers; its records are left as they are`);
  return false;
}

function viewsOf(partition: TablePartition): readonly string[] {
  return partition.views.length === 0 ? [''] : partition.views;
}

function idsOf({ appToken, tableId }: TablePartition): { app_token: string; table_id: string } {
  return { app_token: appToken, table_id: tableId };
}

/** How many records the listings gave against the totals that they stated. */
class Tally {
  count = 0;
  total = 0;

  add(items: number, stated: number): void {
    this.count += items;
    this.total += stated;
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
    const params = idsOf(partition);
    const answer = await lark.call(batchGetRecords, { params, body: { record_ids } });
    for (const id of stringsOf(answer['absent_record_ids'])) absent.add(id);
  }
  return keys.filter((key) => absent.has(key[2] ?? ''));
}
