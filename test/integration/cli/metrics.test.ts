// The metrics file after syncs that go well, fail, or cannot write it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isObject, parseJson } from '../../../src/json.ts';
import { type Read, readExposition } from '../../unit/cli/metrics/exposition.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
before(async () => {
  stage = await startStage();
});
after(() => stage.close());

async function metrics(): Promise<Read> {
  return readExposition(await readFile(join(stage.folder, 'lark.prom'), 'utf8'));
}

const punches = '{source="acme",stream="attendance.flows"';
const write = ['--metrics-file', 'lark.prom'];

test('after a sync the file has what the warehouse knows of every stream', async () => {
  const { code } = await stage.run(['sync', '--quiet', ...write]);
  assert.equal(code, 0);
  const { samples } = await metrics();
  const rows = await stage.rows<{ stream: string; at: Date; records: number; inserted: number }>(
    `select stream, started_at as at, records::float8, rows_inserted::float8 as inserted
from lark.sync_stream_runs join lark.sync_runs using (run_id)`,
  );
  assert.equal(rows.length, 9);
  for (const { stream, at, records, inserted } of rows) {
    const labels = `source="acme",stream="${stream}"`;
    const seconds = at.getTime() / 1000;
    assert.equal(samples.get(`larkhouse_last_success_timestamp_seconds{${labels}}`), seconds);
    assert.equal(samples.get(`larkhouse_last_sync_records{${labels}}`), records);
    assert.equal(samples.get(`larkhouse_last_sync_rows{${labels},kind="inserted"}`), inserted);
    assert.equal(samples.get(`larkhouse_last_sync_status{${labels},status="complete"}`), 1);
  }
  assert.equal(
    samples.get(
      `larkhouse_followed_approvals{source="acme",stream="approval.instances",state="open"}`,
    ),
    5,
  );
});

test('a failing sync keeps the time of the last success', async () => {
  const before = (await metrics()).samples;
  const { scopes } = stage.tenant.app;
  scopes.delete('attendance:task:readonly');
  const { code } = await stage.run(['sync', '--quiet', ...write]);
  scopes.add('attendance:task:readonly');
  assert.equal(code, 1);
  const { samples } = await metrics();
  const success = `larkhouse_last_success_timestamp_seconds${punches}}`;
  const sync = `larkhouse_last_sync_timestamp_seconds${punches}}`;
  assert.equal(samples.get(success), before.get(success));
  assert.ok(Number(samples.get(sync)) > Number(before.get(sync)));
  assert.equal(samples.get(`larkhouse_last_sync_status${punches},status="incomplete"}`), 1);
});

test('status writes the file, too, from the warehouse alone', async () => {
  const before = (await metrics()).samples;
  const calls = stage.tenant.requests.total;
  const { code } = await stage.run(['status', '--quiet', ...write]);
  assert.equal(code, 0);
  assert.deepEqual((await metrics()).samples, before);
  assert.equal(stage.tenant.requests.total, calls);
});

test('a file that cannot be written is a warning, and the sync is as good as it was', async () => {
  const ended = await stage.run(['sync', '--quiet', '--metrics-file', 'no/such/folder/x.prom']);
  assert.equal(ended.code, 0);
  // As every line of a run that no terminal shows.
  const line = parseJson(ended.stderr);
  assert.ok(isObject(line) && line['level'] === 'warn');
  assert.match(String(line['warning']), /^the metrics file .*x\.prom cannot be written \(ENOENT\)/);
});

test('a dry run has no metrics to write', async () => {
  const ended = await stage.run(['sync', '--dry-run', ...write]);
  assert.equal(ended.code, 2);
  assert.match(ended.stderr, /--dry-run records nothing/);
});
