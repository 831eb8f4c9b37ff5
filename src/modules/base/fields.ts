// The fields of each table. Read again when the table's revision moved, and daily.

import { SourceError } from '../../errors.ts';
import { objectsOf } from '../../json.ts';
import type { Page, Read, Stream, Table } from '../../stream.ts';
import { bool, int, json, text } from '../../transform/columns.ts';
import { listFields } from './endpoints.ts';
import { isUnchanged } from './freshness.ts';
import { type TablePartition, tablePartitions, tablesStream } from './partitions.ts';
import { type BaseEntry, choicesOf } from './settings.ts';

const table: Table = {
  name: 'base_fields',
  key: ['app_token', 'table_id', 'field_id'],
  marksDeletion: true,
  columns: {
    app_token: text(),
    table_id: text(),
    field_id: text(),
    field_name: text(),
    type: int(),
    ui_type: text(),
    is_primary: bool(),
    property: json(),
  },
};

export function fields(entries: readonly BaseEntry[]): Stream {
  return {
    name: 'base.fields',
    tables: [table],
    needs: [tablesStream],
    partitions: (plan) => tablePartitions(plan, choicesOf(entries)),
    pages,
  } satisfies Stream<TablePartition>;
}

async function* pages(read: Read<TablePartition>): AsyncGenerator<Page> {
  const { appToken, tableId, revision, isGone } = read.partition;
  const now = await read.lark.now();
  if (isUnchanged(read, now)) return;
  const ids = { app_token: appToken, table_id: tableId };
  if (!isGone) yield* listed(read, ids);
  yield {
    records: [],
    cursor: { revision, gone: isGone, read_at: now },
    covers: ids,
    abandoned: isGone,
  };
}

async function* listed(
  { lark, partition }: Read<TablePartition>,
  ids: Readonly<Record<'app_token' | 'table_id', string>>,
): AsyncGenerator<Page> {
  let count = 0;
  for await (const data of lark.pages(listFields, { params: ids })) {
    const records = objectsOf(data['items']).map((item) => ({ ...item, ...ids }));
    count += records.length;
    yield { records };
  }
  if (count > 0) return;
  throw new SourceError(`the table ${partition.key} lists no field, which no table is without`, {
    hint: 'share the Base with the app again; with advanced permissions it has to be a manager',
  });
}
