import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const entry = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));
const mb = 1024 * 1024;

test('the young generation of a command has at most two halves of 8 MB, however many objects outlive it', async () => {
  const hook = `import { getHeapSpaceStatistics } from 'node:v8';
process.on('exit', () => {
  const kept = [];
  for (let made = 0; made < 500_000; made += 1) kept.push({ made });
  console.error(getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size);
});`;
  const { stderr } = await promisify(execFile)(process.execPath, [
    '--import',
    `data:text/javascript,${encodeURIComponent(hook)}`,
    entry,
    '--version',
  ]);
  const bytes = Number(stderr);
  assert.ok(bytes > 0 && bytes <= 2 * 8 * mb, `it has ${bytes} bytes`);
});
