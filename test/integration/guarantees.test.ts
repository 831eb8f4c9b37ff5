// The guarantees of the README, each by its name; the parts that keep them have tests of their own.

import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { handmadeCompany } from '../../src/demo/company/handmade.ts';
import { gateway, refuse, revokeScope } from '../../src/demo/fault-answers.ts';
import type { Sink } from '../../src/sink.ts';
import type { Batch } from '../../src/stream.ts';
import { startEngine } from '../engine.ts';

const company = handmadeCompany();
const base = company.addBase();
let table = company.addTable(base);
const engine = await startEngine({ company });
after(() => engine.close());

const modules = { base: [{ kind: 'app', token: base.app_token }] } as const;
const at = Date.UTC(2026, 0, 1);

beforeEach(async () => {
  engine.tenant.faults.clear();
  base.tables.length = 0;
  table = company.addTable(base);
  for (let count = 0; count < 1200; count += 1) company.addRecord(table, at + count);
});

async function stored(): Promise<{ live: number; all: number }> {
  const [counts] = await engine.rows<{ live: number; all: number }>(
    `select count(*)::integer as all, (count(*) filter (where deleted_at is null))::integer as live
     from lark.base_records where table_id = $1`,
    [table.table_id],
  );
  assert.ok(counts !== undefined);
  return counts;
}

async function checkpoint(): Promise<unknown> {
  const [row] = await engine.rows<{ cursor: unknown }>(
    `select cursor from lark.sync_cursors where stream = 'base.records' and partition like '%' || $1`,
    [table.table_id],
  );
  return row?.cursor ?? null;
}

/** Ends the connection of the writer at the nth batch, in the middle of its transaction. */
function killedAt(nth: number): (sink: Sink) => Sink {
  let batches = 0;
  return (sink) => ({
    async open(stream, partition, notes) {
      const writer = await sink.open(stream, partition, notes);
      if (stream.name !== 'base.records') return writer;
      return {
        checkpoint: writer.checkpoint,
        close: () => writer.close(),
        async write(batch: Batch) {
          batches += 1;
          if (batches < nth) return writer.write(batch);
          throw new Error('killed');
        },
      };
    },
  });
}

test('a cursor is committed with the rows it covers, or not at all', async () => {
  await engine.run(modules, { sink: killedAt(1) });
  assert.deepEqual([await checkpoint(), (await stored()).all], [null, 0]);
  await engine.run(modules);
  assert.notEqual(await checkpoint(), null);
  assert.equal((await stored()).live, 1200);
});

test('writing the same again changes nothing: no row version, no synced_at', async () => {
  const versions = () =>
    engine.rows(
      `select record_id, xmin::text, synced_at from lark.base_records where table_id = $1 order by 1`,
      [table.table_id],
    );
  await engine.run(modules);
  const before = await versions();
  const again = (await engine.run(modules, { full: true })).of('base.records');
  assert.deepEqual(await versions(), before);
  assert.deepEqual([again.inserted, again.updated, again.unchanged], [0, 0, 1200]);
});

test('a slow warehouse stops the reader: no more than one batch and a few pages are ahead', async () => {
  for (let count = 0; count < 30_000; count += 1) company.addRecord(table, at + count);
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const holding = (sink: Sink): Sink => ({
    async open(stream, partition, notes) {
      const writer = await sink.open(stream, partition, notes);
      if (stream.name !== 'base.records') return writer;
      return {
        checkpoint: writer.checkpoint,
        close: () => writer.close(),
        async write(batch: Batch) {
          reached.resolve();
          await gate.promise;
          return writer.write(batch);
        },
      };
    },
  });
  engine.tenant.requests.clear();
  const running = engine.run(modules, { sink: holding });
  await reached.promise;
  let asked = -1;
  while (asked < engine.tenant.requests.count('base.records.search')) {
    asked = engine.tenant.requests.count('base.records.search');
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  gate.resolve();
  assert.equal((await running).of('base.records').records, 31_200);
  assert.ok(asked <= 44, `${asked} of 63 pages were asked for while the first batch was held`);
});

test('every record becomes rows, a counted rejection with its payload, or a stopped partition', async () => {
  const lost = company.addRecord(table, at);
  Object.assign(lost, { record_id: undefined });
  const { of } = await engine.run(modules);
  assert.deepEqual([of('base.records').status, of('base.records').rejected], ['incomplete', 1]);
  assert.equal((await stored()).live, 1200);
  const [reject] = await engine.rows<{ payload: string; reason: string }>(
    `select payload, reason from lark.rejected_records where partition like '%' || $1`,
    [table.table_id],
  );
  assert.match(reject?.reason ?? '', /base_records lacks its key/);
  assert.match(reject?.payload ?? '', /"created_time"/);
});

test('nothing is marked deleted unless a complete, error-free reading proved it', async () => {
  await engine.run(modules);
  for (const record of table.records.slice(0, 3)) company.deleteRecord(table, record);
  engine.tenant.faults.next('base.records.search', refuse(200, 1254045, 'FieldNameNotFound'));
  assert.equal((await engine.run(modules)).of('base.records').status, 'incomplete');
  assert.deepEqual(await stored(), { live: 1200, all: 1200 });
  assert.equal((await engine.run(modules)).of('base.records').deleted, 3);
  assert.deepEqual(await stored(), { live: 1197, all: 1200 });
});

test('a record that returns is live again', async () => {
  const [record] = table.records;
  assert.ok(record !== undefined);
  await engine.run(modules);
  company.deleteRecord(table, record);
  await engine.run(modules);
  table.records.push(record);
  table.revision += 1;
  await engine.run(modules);
  assert.deepEqual(await stored(), { live: 1200, all: 1200 });
});

test('implausible mass deletion is held back, reported, and believed when it is read twice', async () => {
  await engine.run(modules);
  table.records.length = 10;
  table.revision += 1;
  const held = (await engine.run(modules)).of('base.records');
  assert.equal((await stored()).live, 1200);
  assert.equal(held.status, 'incomplete');
  assert.match(held.error ?? '', /1190 of 1200/);
  assert.equal((await engine.run(modules)).of('base.records').deleted, 1190);
});

test('a failure of one stream stops neither the others nor the truth', async () => {
  engine.tenant.faults.next('base.apps.get', revokeScope('bitable:app:readonly'));
  const { of } = await engine.run(modules);
  engine.tenant.app.scopes.add('bitable:app:readonly');
  assert.equal(of('base.tables').status, 'complete');
  assert.equal(of('base.apps').status, 'incomplete');
  assert.match(of('base.apps').error ?? '', /bitable:app:readonly/);
});

test('a newer run fences an older one off', async () => {
  await engine.run(modules, { runId: 1000 });
  table.revision += 1;
  const { of } = await engine.run(modules, { runId: 999 });
  assert.equal(of('base.records').status, 'incomplete');
  assert.match(of('base.records').error ?? '', /newer run/);
});

test('a failed page is not the end of a list', async () => {
  engine.tenant.faults.next('base.records.search', gateway(200));
  engine.tenant.faults.next('base.records.search', gateway(502));
  const { of } = await engine.run(modules, { runId: 2000 });
  assert.equal(of('base.records').records, 1200);
  assert.equal(of('base.records').retries, 2);
});
