// What an operator can make of a stream besides reading it: its past again, or its rows from what is stored.

import type { JsonObject } from './json.ts';
import type { Page, Read, Span, Stored, Stream } from './stream.ts';

const recordsAPage = 500;

/** The stream reading a past span; undefined for a stream that always reads whole. */
export function backfilling(stream: Stream, span: Span): Stream | undefined {
  const { past } = stream;
  if (past === undefined) return undefined;
  return { ...stream, needs: [], after: [], pages: (read) => past(read, span) };
}

/** The stream rebuilding its rows without the tenant; undefined for a stream whose rows are all that is stored. */
export function replaying(stream: Stream): Stream | undefined {
  const { name, stored } = stream;
  if (stored === undefined) return undefined;
  return {
    name,
    tables: stored.tables,
    partitions: () => [{ key: 'replay' }],
    pages: (read) => storedPages(stored, read),
  };
}

async function* storedPages(stored: Stored, { replica }: Read): AsyncGenerator<Page> {
  let records: JsonObject[] = [];
  for await (const record of stored.records(replica)) {
    records.push(record);
    if (records.length < recordsAPage) continue;
    yield { records };
    records = [];
  }
  yield { records, cursor: {} };
}
