// The tables of each Base with their revisions: the one call that tells whether anything changed.

import { NotFoundError, SourceError } from '../../errors.ts';
import { isObject, type JsonObject, objectsOf } from '../../json.ts';
import type { Expectation, Page, Read, Stream, Table } from '../../stream.ts';
import { bigint, needed, text } from '../../transform/columns.ts';
import { textIn } from '../cursors.ts';
import { getWikiNode, listTables } from './endpoints.ts';
import { expectedOf } from './expected.ts';
import { type BasePartition, basePartitions, tablesStream } from './partitions.ts';
import { type BaseChoice, type BaseEntry, choicesOf } from './settings.ts';

const table: Table = {
  name: 'base_tables',
  key: ['app_token', 'table_id'],
  marksDeletion: true,
  columns: {
    app_token: text(),
    table_id: text(),
    name: needed(text()),
    revision: needed(bigint()),
  },
};

export function tables(entries: readonly BaseEntry[]): Stream {
  return {
    name: tablesStream,
    tables: [table],
    partitions: () => basePartitions(choicesOf(entries)),
    pages,
    expects,
  } satisfies Stream<BasePartition>;
}

/** What all streams of the Base will cost: the tables say which of them moved. */
async function* expects(read: Read<BasePartition>): AsyncGenerator<Expectation> {
  const { choice } = read.partition;
  const known = textIn(read.from, 'app_token');
  const appToken = known ?? (await resolve(read, choice));
  if (known === undefined && choice.kind === 'wiki') yield { endpoint: getWikiNode, calls: 1 };
  const found = await tablesOf(read, appToken);
  yield { endpoint: listTables, calls: Math.max(1, Math.ceil(found.length / 100)) };
  yield* expectedOf(read, appToken, found);
}

async function* pages(read: Read<BasePartition>): AsyncGenerator<Page> {
  const { choice } = read.partition;
  const known = read.full ? undefined : textIn(read.from, 'app_token');
  const appToken = known ?? (await resolve(read, choice));
  const found = await tablesOf(read, appToken);
  yield {
    records: found,
    cursor: { app_token: appToken, read_at: await read.lark.now() },
    covers: { app_token: appToken },
  };
  requireTables(choice, found);
}

async function tablesOf(read: Read<BasePartition>, appToken: string): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  const call = { params: { app_token: appToken } };
  for await (const data of read.lark.pages(listTables, call)) {
    for (const item of objectsOf(data['items'])) found.push({ ...item, app_token: appToken });
  }
  if (found.length > 0) return found;
  const { token } = read.partition.choice;
  throw new SourceError(`the Base ${token} lists no table, which no Base is without`, {
    hint: 'share the Base with the app again; with advanced permissions it has to be a manager',
  });
}

async function resolve({ lark }: Read, choice: BaseChoice): Promise<string> {
  if (choice.kind === 'app') return choice.token;
  const { node } = await lark.call(getWikiNode, { query: { token: choice.token } });
  const found: JsonObject = isObject(node) ? node : {};
  if (found['obj_type'] === 'bitable' && typeof found['obj_token'] === 'string') {
    return found['obj_token'];
  }
  throw new NotFoundError(
    `the wiki node ${choice.token} holds no Base but a ${found['obj_type']}`,
    {
      hint: 'paste the address of the Base itself, or of the wiki page that is the Base',
    },
  );
}

function requireTables(choice: BaseChoice, found: readonly JsonObject[]): void {
  const ids = new Set(found.map((item) => item['table_id']));
  const missing = [...(choice.tables?.keys() ?? [])].filter((id) => !ids.has(id));
  if (missing.length === 0) return;
  throw new NotFoundError(`the Base ${choice.token} has no table ${missing.join(', ')}`, {
    hint: `it has ${[...ids].join(', ')}; correct table_id in the configuration`,
  });
}
