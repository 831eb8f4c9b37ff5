// Whole readings of a Base table, as a stream would give them.

import type { Batch, RecordRows } from '../../../src/stream.ts';
import { base, baseRecord, batch, type Opening, type Warehouse } from './warehouse.ts';

export interface Outcome {
  /** Rows that the last batch marked. */
  readonly deleted: number;
  readonly warnings: readonly string[];
  readonly failures: readonly string[];
}

export interface Reader {
  /** A complete reading that gives the records with these ids. */
  readTable(
    table: string,
    given: readonly string[],
    runId: number,
    more?: Opening,
  ): Promise<Outcome>;
  /** A reading in two batches, of which the last is as told. */
  read(records: readonly RecordRows[], last: Partial<Batch>, opening: Opening): Promise<Outcome>;
  /** Ids of the records that are marked as deleted. */
  gone(table: string): Promise<readonly unknown[]>;
}

export function ids(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `r${index}`);
}

export function readerOf(house: Warehouse): Reader {
  const read = (records: readonly RecordRows[], last: Partial<Batch>, opening: Opening) =>
    readInTwo(house, records, last, opening);
  return {
    read,
    readTable(table, given, runId, more = {}) {
      const records = given.map((id) => baseRecord(id, '{}', table));
      const covers = { app_token: 'app', table_id: table };
      return read(records, { covers, cursor: { runId } }, { partition: table, runId, ...more });
    },
    async gone(table) {
      const rows = await house.rows(
        'select record_id as id from @.base_records where table_id = $1 and deleted_at is not null order by 1',
        [table],
      );
      return rows.map(({ id }) => id);
    },
  };
}

async function readInTwo(
  house: Warehouse,
  records: readonly RecordRows[],
  last: Partial<Batch>,
  opening: Opening,
): Promise<Outcome> {
  const warnings: string[] = [];
  const failures: string[] = [];
  const notes = {
    warn: (text: string) => void warnings.push(text),
    fail: (text: string) => void failures.push(text),
    ...opening.notes,
  };
  const writer = await house.open(base, { ...opening, notes });
  const middle = Math.ceil(records.length / 2);
  try {
    await writer.write(batch(records.slice(0, middle)));
    const counts = await writer.write(batch(records.slice(middle), last));
    return { deleted: counts.deleted, warnings, failures };
  } finally {
    await writer.close();
  }
}
