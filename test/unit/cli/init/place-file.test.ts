import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { placeFile, placeInstead } from '../../../../src/cli/init/place-file.ts';
import { ConfigError } from '../../../../src/errors.ts';

const folder = await mkdtemp(join(tmpdir(), 'larkhouse-place-'));
after(() => rm(folder, { recursive: true }));

test('a new file is for its owner alone, with its folders, and no draft is left', async () => {
  const path = join(folder, 'a/b/file');
  await placeFile(path, 'file', 'text');
  assert.equal(await readFile(path, 'utf8'), 'text');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(join(folder, 'a/b')), ['file']);
});

test('a file that came in between is left as it is', async () => {
  const path = join(folder, 'own');
  await writeFile(path, 'mine');
  await assert.rejects(placeFile(path, 'own', 'text'), (error) => {
    return error instanceof ConfigError && /own: cannot be written \(EEXIST\)/.test(error.message);
  });
  assert.equal(await readFile(path, 'utf8'), 'mine');
  assert.deepEqual((await readdir(folder)).sort(), ['a', 'own']);
});

test('what replaces a file that others could read is for its owner alone', async () => {
  const path = join(folder, 'open');
  await writeFile(path, 'mine', { mode: 0o644 });
  await placeInstead(path, 'open', 'text');
  assert.equal(await readFile(path, 'utf8'), 'text');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});
