// Answers of any size: refused when they are absurd, else read in parts, so that memory stays bounded.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Table } from '../../../src/demo/company/base.ts';
import { flood, wrongLength } from '../../../src/demo/fault-wire.ts';
import type { Fault } from '../../../src/demo/faults.ts';
import { streamsIn } from '../../integration/cli/json.ts';
import { presentTime } from '../scene/company.ts';
import { type Ended, startScene, type Trial } from '../scene.ts';
import { hasty } from './hasty.ts';

const scene = await startScene();
after(() => scene.close());
const { company } = scene;
const { faults } = scene.tenant;
const mebibyte = 1024 * 1024;
const search = 'base.records.search';

/** 257 MiB that come as a quarter of a MiB. */
function bomb(): Fault {
  const member = gzipSync(Buffer.alloc(mebibyte, ' '));
  const body = Buffer.concat(Array.from({ length: 257 }, () => member));
  const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
  return { instead: () => ({ status: 200, headers, body }) };
}

const start = '{"code":0,"msg":"success","data":{"has_more":false,"items":[';

const absurd = [
  ['announces 300 MiB', () => wrongLength(300 * mebibyte)],
  ['goes on for more than 256 MiB', () => flood(start, ' '.repeat(mebibyte), 300, ']}}')],
  ['unpacks to more than 256 MiB', bomb],
] as const;

for (const [what, fault] of absurd) {
  test(`fault 26: an answer that ${what} is refused; it fails its stream and takes no memory`, async () => {
    const trial = await scene.trial();
    faults.next(search, fault(), 1000);
    const { ended, peak } = await watched(trial);
    assert.equal(ended.code, 1);
    const { 'base.records': records, ...others } = streamsIn(ended.report ?? {});
    assert.equal(records?.['status'], 'incomplete');
    assert.match(String(records?.['error']), /larger than the limit of 268435456 bytes/);
    for (const stream of Object.values(others)) assert.equal(stream['status'], 'complete');
    assert.ok(peak < 250 * mebibyte, `${peak} bytes at the peak`);
    await trial.prove();
  });
}

test('fault 26: a page of many MiB with a field of four is loaded to the last character', async () => {
  const trial = await scene.trial();
  const [table] = company.has.bases.flatMap(({ tables }) => tables);
  assert.ok(table !== undefined);
  fill(table, 1, 4 * mebibyte);
  fill(table, 200, 20_000);
  const { ended, peak } = await watched(trial);
  assert.equal(ended.code, 0, ended.stderr);
  assert.ok(peak < 400 * mebibyte, `${peak} bytes at the peak`);
  await trial.prove();
});

/** Adds so many records with a text of so many characters. */
function fill(table: Table, records: number, characters: number): void {
  for (let count = 0; count < records; count += 1) {
    const record = company.addRecord(table, presentTime - 1000);
    record.fields['标题'] = [{ type: 'text', text: `${count} `.padEnd(characters, '字a') }];
  }
}

async function watched(trial: Trial): Promise<{ readonly ended: Ended; readonly peak: number }> {
  const running = trial.start(undefined, { env: hasty() });
  let peak = 0;
  const timer = setInterval(async () => {
    peak = (await running.peakMemory()) ?? peak;
  }, 50);
  const ended = await running.ended;
  clearInterval(timer);
  return { ended, peak };
}
