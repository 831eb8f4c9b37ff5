// The script that a user would write instead: the official SDK's iterator, and a batch upsert by knex for each page.

import { Client, LoggerLevel } from '@larksuiteoapi/node-sdk';
import knexOf from 'knex';

export interface PeerOrder {
  readonly warehouse: string;
  readonly tenant: string;
  readonly appToken: string;
  readonly tableId: string;
}

/** Gives the rows that it wrote and the seconds that it took, all committed. */
export async function peer(order: PeerOrder): Promise<{ rows: number; seconds: number }> {
  const { warehouse, tenant, appToken, tableId } = order;
  const knex = knexOf({ client: 'pg', connection: warehouse });
  const client = new Client({
    appId: 'cli_peer',
    appSecret: 'none',
    domain: tenant,
    loggerLevel: LoggerLevel.error,
  });
  await knex.schema.createTable('records', (table) => {
    table.text('app_token');
    table.text('table_id');
    table.text('record_id');
    table.jsonb('fields');
    table.timestamp('created_time');
    table.timestamp('last_modified_time');
    table.jsonb('created_by');
    table.jsonb('last_modified_by');
    table.timestamp('synced_at');
    table.primary(['app_token', 'table_id', 'record_id']);
  });
  const started = performance.now();
  let rows = 0;
  const pages = await client.bitable.v1.appTableRecord.searchWithIterator({
    path: { app_token: appToken, table_id: tableId },
    params: { page_size: 500 },
    data: { automatic_fields: true },
  });
  for await (const page of pages) {
    const records = page?.items ?? [];
    if (records.length === 0) continue;
    await knex('records')
      .insert(
        records.map((record) => ({
          app_token: appToken,
          table_id: tableId,
          record_id: record.record_id,
          fields: JSON.stringify(record.fields),
          created_time: new Date(record.created_time ?? 0),
          last_modified_time: new Date(record.last_modified_time ?? 0),
          created_by: JSON.stringify(record.created_by),
          last_modified_by: JSON.stringify(record.last_modified_by),
          synced_at: new Date(),
        })),
      )
      .onConflict(['app_token', 'table_id', 'record_id'])
      .merge();
    rows += records.length;
  }
  await knex.destroy();
  return { rows, seconds: (performance.now() - started) / 1000 };
}
