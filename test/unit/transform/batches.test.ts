import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvariantError, SourceError } from '../../../src/errors.ts';
import { asSent, type JsonObject } from '../../../src/json.ts';
import { typesOf, valuesOf } from '../../../src/row.ts';
import { sliceOf } from '../../../src/slice.ts';
import type { Batch, Page, PgValue, Row, Stream, Table } from '../../../src/stream.ts';
import { type BatchLimits, type Broken, toBatches } from '../../../src/transform/batches.ts';
import { text } from '../../../src/transform/columns.ts';
import { newToll } from '../../../src/transform/toll.ts';

const notes: Table = { name: 'notes', key: ['id'], columns: { id: text(), body: text() } };
const stream: Stream = {
  name: 'test.notes',
  tables: [notes],
  partitions: () => [],
  async *pages() {},
};
const roomy: BatchLimits = { records: 1000, size: 1_000_000, firstShare: 1 };

async function* given(pages: readonly (Page | Broken)[]): AsyncGenerator<Page | Broken> {
  yield* pages;
}

async function gather(
  pages: readonly (Page | Broken)[],
  limits: BatchLimits = roomy,
): Promise<{ batches: Batch[]; error: unknown }> {
  const batches: Batch[] = [];
  try {
    for await (const batch of toBatches(stream, newToll(), { limits })(given(pages)))
      batches.push(batch);
    return { batches, error: undefined };
  } catch (error) {
    return { batches, error };
  }
}

const valuesIn = (row: Row) => valuesOf(typesOf(notes), row);
const records = (...ids: string[]) => ids.map((id) => ({ id, body: `of ${id}` }));

test('pages are gathered into one batch with the last cursor', async () => {
  const { batches } = await gather([
    { records: records('a'), cursor: { at: 1 } },
    { records: records('b'), cursor: { at: 2 } },
  ]);
  assert.equal(batches.length, 1);
  assert.deepEqual(batches[0]?.cursor, { at: 2 });
  assert.equal(batches[0]?.records.length, 2);
});

test('a full batch is given at once, with the cursor of what it holds whole and no more', async () => {
  const { batches } = await gather(
    [
      { records: records('a'), cursor: { at: 1 } },
      { records: records('b', 'c', 'd'), cursor: { at: 2 } },
    ],
    { ...roomy, records: 2 },
  );
  assert.deepEqual(
    batches.map((batch) => batch.cursor),
    [{ at: 1 }, { at: 2 }],
  );
  assert.deepEqual(
    batches.map((batch) => batch.records.length),
    [2, 2],
  );
});

test('the first batches are smaller, each twice as large as the one before', async () => {
  const ids = Array.from({ length: 21 }, (_, index) => `r${index}`);
  const { batches } = await gather([{ records: records(...ids), cursor: { at: 1 } }], {
    ...roomy,
    records: 8,
    firstShare: 1 / 4,
  });
  assert.deepEqual(
    batches.map((batch) => batch.records.length),
    [2, 4, 8, 7],
  );
});

test('a batch is full by the size of its values too', async () => {
  const { batches } = await gather([{ records: records('a', 'b', 'c'), cursor: { at: 1 } }], {
    ...roomy,
    size: 1,
  });
  assert.deepEqual(
    batches.map((batch) => batch.records.length),
    [1, 1, 1],
  );
});

test('of two records with one key in a batch the last is kept, and both were read', async () => {
  const { batches } = await gather([
    {
      records: [
        { id: 'a', body: 'old' },
        { id: 'a', body: 'new' },
      ],
      cursor: { at: 1 },
    },
  ]);
  assert.equal(batches[0]?.read, 2);
  assert.deepEqual(Array.from(batches[0]?.records.rows(0) ?? [], valuesIn), [['a', 'new']]);
});

test('a record without a key is rejected with its payload, and the others go on', async () => {
  const { batches } = await gather([
    { records: [{ body: 'no id' }, { id: 'a' }], cursor: { at: 1 } },
  ]);
  assert.deepEqual(
    batches[0]?.rejects.map(({ payload }) => payload),
    ['{"body":"no id"}'],
  );
  assert.equal(batches[0]?.records.length, 1);
});

test('a covered scope ends its batch', async () => {
  const { batches } = await gather([
    { records: records('a') },
    { records: [], cursor: { at: 1 }, covers: { id: 'a' } },
    { records: records('b'), cursor: { at: 2 } },
  ]);
  assert.deepEqual(
    batches.map(({ covers }) => covers),
    [{ id: 'a' }, undefined],
  );
});

test('a reading that breaks gives what it had, without a cursor, and throws then', async () => {
  const broken = new SourceError('gone');
  const { batches, error } = await gather([
    { records: records('a'), cursor: { at: 1 } },
    { records: records('b') },
    { broken },
  ]);
  assert.deepEqual(
    batches.map(({ cursor }) => cursor),
    [{ at: 1 }],
  );
  assert.equal(batches[0]?.records.length, 2);
  assert.equal(error, broken);
});

test('records after the last cursor are a bug of the stream', async () => {
  const { error } = await gather([
    { records: records('a'), cursor: { at: 1 } },
    { records: records('b') },
  ]);
  assert.ok(error instanceof InvariantError);
});

test('a cursor alone is a batch, nothing at all is none', async () => {
  assert.equal((await gather([{ records: [], cursor: { at: 1 } }])).batches.length, 1);
  assert.equal((await gather([])).batches.length, 0);
});

const sentNotes: Table = { ...notes, asSent: 1 };
const sentStream: Stream = { ...stream, tables: [sentNotes] };

function sent(...ids: string[]): JsonObject[] {
  return records(...ids).map((record) => ({
    ...record,
    [asSent]: sliceOf(JSON.stringify(record)),
  }));
}

async function pendingOf(
  pages: readonly Page[],
  limits: BatchLimits = roomy,
  take: (batch: Batch) => unknown = () => undefined,
): Promise<string[]> {
  const told: string[] = [];
  const stage = toBatches(sentStream, newToll(), { limits, recognises: true });
  for await (const batch of stage(given(pages))) {
    take(batch);
    const made = batch.records.keys().join(' ');
    told.push(batch.pending === undefined ? made : `pending ${batch.pending.keys().join(' ')}`);
    assert.equal(batch.read, batch.records.length + (batch.pending?.length ?? 0));
  }
  return told;
}

test('where the warehouse recognises records, those whose bytes are known are left pending', async () => {
  const pages = [{ records: sent('a', 'b'), cursor: { at: 1 } }];
  assert.deepEqual(await pendingOf(pages), ['pending a b']);
  const { batches } = await gather(pages);
  assert.equal(batches[0]?.pending, undefined);
});

test('a batch has one kind of records, so that of two with one key the later one counts', async () => {
  const pages = [
    { records: [...sent('a', 'b'), ...records('b', 'c'), ...sent('b')], cursor: { at: 1 } },
  ];
  assert.deepEqual(await pendingOf(pages), ['pending a b', 'b c', 'pending b']);
});

test('a key that comes again begins another batch', async () => {
  const pages = [{ records: sent('a', 'b', 'a'), cursor: { at: 1 } }];
  assert.deepEqual(await pendingOf(pages), ['pending a b', 'pending a']);
});

test('a record of which only the key was read is whole when it is a row', async () => {
  const brief = (id: string) => ({ id, [asSent]: sliceOf(`{"id":"${id}","body":"of ${id}"}`) });
  const rows: (readonly PgValue[])[] = [];
  const pages = [{ records: [brief('a'), brief('b'), brief('c')], cursor: { at: 1 } }];
  await pendingOf(pages, { ...roomy, records: 1 }, ({ pending, records: made }) => {
    const batch = pending?.made([0]).records ?? made;
    rows.push(...Array.from(batch.rows(0), valuesIn));
  });
  assert.deepEqual(
    rows,
    ['a', 'b', 'c'].map((id) => [id, `of ${id}`]),
  );
});

test('a batch of pending records is full by their number and their bytes', async () => {
  const pages = [{ records: sent('a', 'b', 'c'), cursor: { at: 1 } }];
  assert.deepEqual(await pendingOf(pages, { ...roomy, records: 2 }), ['pending a b', 'pending c']);
  assert.deepEqual(await pendingOf(pages, { ...roomy, size: 1 }), [
    'pending a',
    'pending b',
    'pending c',
  ]);
});

test('where most records had to be made after all, the next ones are made at once', async () => {
  const pages = [{ records: sent('a', 'b', 'c', 'd', 'e'), cursor: { at: 1 } }];
  const limits = { ...roomy, records: 2 };
  const all = await pendingOf(pages, limits, ({ pending }) =>
    pending?.made([...pending.keys().keys()]),
  );
  assert.deepEqual(all, ['pending a b', 'pending c', 'd e']);
  const half = await pendingOf(pages, limits, ({ pending }) => pending?.made([0]));
  assert.deepEqual(half, ['pending a b', 'pending c d', 'pending e']);
});
