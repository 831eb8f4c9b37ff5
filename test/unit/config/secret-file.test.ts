import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Found } from '../../../src/config/found.ts';
import { isOpen, readSecretFile } from '../../../src/config/secret-file.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'larkhouse-secret-'));
});
after(() => rm(folder, { recursive: true }));

const somebody = 12_345;

/** Of a file that is not root's, whoever runs the tests. */
async function reading(
  content: string | Uint8Array,
  mode = 0o600,
  name = 'secret',
): Promise<Found> {
  const path = join(folder, name);
  await writeFile(path, content);
  await chmod(path, mode);
  if (process.getuid?.() === 0) await chown(path, somebody, somebody);
  return readSecretFile(path);
}

function messageOf(found: Found): string {
  assert.ok('message' in found, 'a secret was found');
  return found.message;
}

test('a secret is the content of the file without one line end', async () => {
  assert.deepEqual(await reading('s3cret'), { value: 's3cret' });
  assert.deepEqual(await reading('s3cret\n'), { value: 's3cret' });
  assert.deepEqual(await reading('s3cret\r\n', 0o400), { value: 's3cret' });
  assert.deepEqual(await reading('one\ntwo\n\n'), { value: 'one\ntwo\n' });
});

for (const mode of [0o640, 0o604, 0o620, 0o601, 0o644, 0o666, 0o777]) {
  test(`a file of mode ${mode.toString(8)} is refused with the chmod that helps`, async () => {
    const found = await reading('hidden', mode);
    assert.match(messageOf(found), /is open to its group or to others$/);
    assert.ok('suggestion' in found);
    assert.equal(found.suggestion, `chmod 600 ${join(folder, 'secret')}`);
    assert.doesNotMatch(JSON.stringify(found), /hidden/);
  });
}

test("the group may read what is root's, and nothing more", async () => {
  for (const mode of [0o400, 0o440, 0o600, 0o640]) {
    assert.equal(isOpen({ mode: 0o100000 | mode, uid: 0 }), false, mode.toString(8));
  }
  for (const mode of [0o444, 0o604, 0o620, 0o641, 0o644, 0o650, 0o660, 0o777]) {
    assert.equal(isOpen({ mode: 0o100000 | mode, uid: 0 }), true, mode.toString(8));
  }
  for (const mode of [0o440, 0o640, 0o604]) {
    assert.equal(isOpen({ mode: 0o100000 | mode, uid: somebody }), true, mode.toString(8));
  }
});

test('the chmod is fit for a shell whatever the name', async () => {
  const found = await reading('hidden', 0o644, "it's a secret; rm");
  assert.ok('suggestion' in found);
  const words = execFileSync('sh', ['-c', `printf '%s|' ${found.suggestion}`]).toString();
  assert.equal(words, `chmod|600|${join(folder, "it's a secret; rm")}|`);
});

test('the rights of the file count that a link leads to', async () => {
  await reading('hidden', 0o644, 'open');
  await symlink(join(folder, 'open'), join(folder, 'link'));
  assert.match(messageOf(await readSecretFile(join(folder, 'link'))), /open to its group/);
});

test('what is missing, no file, empty, too long or no text is a fault', async () => {
  assert.match(messageOf(await readSecretFile(join(folder, 'none'))), /cannot be read \(ENOENT\)$/);
  assert.match(messageOf(await readSecretFile(folder)), /is no file$/);
  assert.match(messageOf(await reading('\n')), /is empty$/);
  assert.match(messageOf(await reading('x'.repeat(65_537))), /more than 65536 bytes$/);
  assert.match(messageOf(await reading(Buffer.from('caf\xe9', 'latin1'))), /no text in UTF-8$/);
});

test('a named pipe is refused without waiting for whoever writes to it', async () => {
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe')]);
  assert.match(messageOf(await readSecretFile(join(folder, 'pipe'))), /is no file$/);
});
