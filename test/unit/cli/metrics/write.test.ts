import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { MetricsError, writeMetrics } from '../../../../src/cli/metrics/write.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'larkhouse-metrics-'));
});
after(() => rm(folder, { recursive: true }));

test('the file is replaced by another one, and nothing is left beside it', async () => {
  const path = join(folder, 'lark.prom');
  await writeFile(path, 'old\n');
  const { ino: before } = await stat(path);
  await writeMetrics(path, 'new\n');
  assert.equal(await readFile(path, 'utf8'), 'new\n');
  assert.notEqual((await stat(path)).ino, before);
  assert.deepEqual(await readdir(folder), ['lark.prom']);
});

test('where the file cannot be written, what there was stays, and the error names the file', async () => {
  const missing = join(folder, 'missing', 'lark.prom');
  await assert.rejects(writeMetrics(missing, 'x\n'), (error) => {
    assert.ok(error instanceof MetricsError);
    assert.ok(error.message.includes(missing) && error.message.includes('ENOENT'));
    return true;
  });
  const occupied = join(folder, 'occupied');
  await mkdir(join(occupied, 'inside'), { recursive: true });
  await assert.rejects(writeMetrics(occupied, 'x\n'), MetricsError);
  assert.deepEqual((await readdir(folder)).toSorted(), ['lark.prom', 'occupied']);
});
