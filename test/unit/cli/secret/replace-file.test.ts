import assert from 'node:assert/strict';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { replaceFile } from '../../../../src/cli/secret/replace-file.ts';
import { ConfigError } from '../../../../src/errors.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'larkhouse-replace-'));
});
after(() => rm(folder, { recursive: true }));

for (const mode of [0o600, 0o640, 0o644, 0o444]) {
  test(`a file of mode ${mode.toString(8)} keeps it, and nothing else is left in its folder`, async () => {
    const path = join(folder, 'x.yaml');
    await rm(path, { force: true });
    await writeFile(path, 'old');
    await chmod(path, mode);
    await replaceFile(path, 'x.yaml', 'new: ä\n');
    assert.equal(await readFile(path, 'utf8'), 'new: ä\n');
    assert.equal((await stat(path)).mode & 0o7777, mode);
    assert.deepEqual(await readdir(folder), ['x.yaml']);
  });
}

test('who has the file open goes on reading the old one: it is never half written', async () => {
  const path = join(folder, 'x.yaml');
  const { ino } = await stat(path);
  await replaceFile(path, 'x.yaml', 'newer');
  assert.notEqual((await stat(path)).ino, ino);
});

test('a link stays one, and what it leads to is replaced', async () => {
  const link = join(folder, 'link.yaml');
  await symlink('x.yaml', link);
  await replaceFile(link, 'link.yaml', 'through the link');
  assert.equal((await lstat(link)).isSymbolicLink(), true);
  assert.equal(await readFile(join(folder, 'x.yaml'), 'utf8'), 'through the link');
});

test('a file that cannot be replaced is a problem, and stays', async () => {
  const place = join(folder, 'full');
  await mkdir(join(place, 'inner'), { recursive: true });
  await assert.rejects(replaceFile(place, 'full', 'x'), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.match(error.message, /full: cannot be written \(\w+\); nothing was changed/);
    return true;
  });
  assert.deepEqual(await readdir(place), ['inner']);
  assert.deepEqual((await readdir(folder)).sort(), ['full', 'link.yaml', 'x.yaml']);
});
