// What a Base says of itself. Read when one of its tables moved, and daily.

import { isObject } from '../../json.ts';
import type { Page, Read, Stream, Table } from '../../stream.ts';
import { bigint, bool, text } from '../../transform/columns.ts';
import { textIn } from '../cursors.ts';
import { getApp } from './endpoints.ts';
import { isRecent } from './freshness.ts';
import { appTokenOf, type BasePartition, basePartitions, tablesStream } from './partitions.ts';
import { type BaseEntry, choicesOf } from './settings.ts';

const table: Table = {
  name: 'base_apps',
  key: ['app_token'],
  columns: {
    app_token: text(),
    name: text(),
    revision: bigint(),
    is_advanced: bool(),
    time_zone: text(),
  },
};

export function apps(entries: readonly BaseEntry[]): Stream {
  return {
    name: 'base.apps',
    tables: [table],
    needs: [tablesStream],
    partitions: () => basePartitions(choicesOf(entries)),
    pages,
  } satisfies Stream<BasePartition>;
}

async function* pages(read: Read<BasePartition>): AsyncGenerator<Page> {
  const appToken = await appTokenOf(read, read.partition.choice);
  if (appToken === undefined) return;
  const now = await read.lark.now();
  const revisions = await revisionsOf(read, appToken);
  if (isRecent(read.from, now) && textIn(read.from, 'revisions') === revisions) return;
  const { app } = await read.lark.call(getApp, { params: { app_token: appToken } });
  yield {
    records: [{ ...(isObject(app) ? app : {}), app_token: appToken }],
    cursor: { revisions, read_at: now },
  };
}

async function revisionsOf({ replica }: Read, appToken: string): Promise<string> {
  const revisions: string[] = [];
  const where = { app_token: appToken, deleted_at: null };
  for await (const row of replica.rows('base_tables', ['table_id', 'revision', 'name'], where)) {
    revisions.push(`${row['table_id']}:${row['revision']}:${row['name']}`);
  }
  return revisions.sort().join(' ');
}
