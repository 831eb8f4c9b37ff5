// A crash of Postgres in the middle of a complete reading: on a cluster of its own, since all of it goes down.

import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Pool } from 'pg';
import { ReadingLostError } from '../../../src/errors.ts';
import { removeEmbedded, startEmbedded } from '../../../src/load/embedded.ts';
import { migrateUp } from '../../../src/load/migrate.ts';
import { openPool, query } from '../../../src/load/pool.ts';
import { createSink } from '../../../src/load/sink.ts';
import type { Writer } from '../../../src/sink.ts';
import { base, baseRecord, batch } from './warehouse.ts';

let directory: string;
let pool: Pool;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), `larkhouse-test-${process.pid}-`));
  await chmod(directory, 0o711);
  const binaries = process.env['PG_BIN'];
  // Durable: what is committed has to outlive the crash.
  const { url } = await startEmbedded({ directory, ...(binaries ? { binaries } : {}) });
  await migrateUp(url, 'lark');
  pool = openPool(url);
});

after(async () => {
  await pool.end();
  await removeEmbedded(directory);
  await rm(directory, { recursive: true });
});

const open = (runId: number): Promise<Writer> =>
  createSink({ pool, schema: 'lark', source: 'acme', runId }).open(
    base,
    { key: 'tbl1' },
    { confirm: undefined, warn: () => undefined, fail: () => undefined },
  );
const given = (...ids: readonly string[]) => ids.map((id) => baseRecord(id, '{}'));
const covering = { covers: { table_id: 'tbl1' }, cursor: { at: 2 } };
const gone = () =>
  query(pool, 'select record_id as id from lark.base_records where deleted_at is not null');

test('a reading that a crash of Postgres interrupts marks nothing, goes on, and is started over', async () => {
  const first = await open(1);
  await first.write(batch(given('a', 'b', 'c'), { cursor: { at: 1 } }));
  await first.close();
  const writer = await open(2);
  await writer.write(batch(given('a')));
  const [victim] = await query<{ pid: number }>(pool, 'select pg_backend_pid() as pid');
  assert.ok(victim !== undefined);
  process.kill(victim.pid, 'SIGKILL');
  await writer.write(batch(given('b')));
  await assert.rejects(writer.write(batch([], covering)), ReadingLostError);
  assert.deepEqual(await gone(), []);
  const again = await open(2);
  assert.deepEqual(again.checkpoint, { at: 1 });
  await again.write(batch(given('a')));
  assert.equal((await again.write(batch(given('b'), covering))).deleted, 1);
  assert.deepEqual(await gone(), [{ id: 'c' }]);
});
