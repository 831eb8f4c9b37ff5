// What reading a Base will cost, from the revisions of its tables and how many records they say they have.

import type { JsonObject } from '../../json.ts';
import type { Expectation, Read } from '../../stream.ts';
import { getApp, listFields, searchRecords } from './endpoints.ts';
import { isUnchanged } from './freshness.ts';
import type { BasePartition, TablePartition } from './partitions.ts';

export async function* expectedOf(
  read: Read<BasePartition>,
  appToken: string,
  tables: readonly JsonObject[],
): AsyncGenerator<Expectation> {
  const now = await read.lark.now();
  let moved = 0;
  for (const table of tables) {
    const partition = partitionOf(read.partition, appToken, table);
    if (partition === undefined) continue;
    const from = await read.replica.cursor('base.records', partition.key);
    if (isUnchanged({ ...read, partition, from }, now, partition.views.join(' '))) continue;
    moved += 1;
    yield { endpoint: listFields, calls: 1, stream: 'base.fields' };
    for (const view of partition.views.length === 0 ? [undefined] : partition.views) {
      const calls = await pagesOf(read, partition, view);
      yield { endpoint: searchRecords, calls, stream: 'base.records' };
    }
  }
  if (moved > 0) yield { endpoint: getApp, calls: 1, stream: 'base.apps' };
}

function partitionOf(
  { choice }: BasePartition,
  appToken: string,
  table: JsonObject,
): TablePartition | undefined {
  const tableId = String(table['table_id']);
  if (choice.tables !== undefined && !choice.tables.has(tableId)) return undefined;
  return {
    key: `${appToken}/${tableId}`,
    appToken,
    tableId,
    revision: String(table['revision']),
    isGone: false,
    views: choice.tables?.get(tableId) ?? [],
  };
}

async function pagesOf(
  { lark }: Read,
  { appToken, tableId }: TablePartition,
  view: string | undefined,
): Promise<number> {
  const answer = await lark.call(searchRecords, {
    params: { app_token: appToken, table_id: tableId },
    query: { page_size: 1 },
    body: view === undefined ? {} : { view_id: view },
  });
  const total = answer['total'];
  return Math.max(1, Math.ceil((typeof total === 'number' ? total : 0) / 500));
}
