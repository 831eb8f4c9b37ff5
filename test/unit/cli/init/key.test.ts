import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sealingKey } from '../../../../src/cli/init/key.ts';
import { Scrubber } from '../../../../src/cli/scrub.ts';
import { newKey } from '../../../../src/config/keys.ts';
import { ConfigError } from '../../../../src/errors.ts';

const folder = await mkdtemp(join(tmpdir(), 'larkhouse-key-'));
after(() => rm(folder, { recursive: true }));

const within = (env: NodeJS.ProcessEnv) => ({ env, cwd: folder, scrubber: new Scrubber() });

test('without a key one is made, for the configuration folder of the user, and is kept from print', async () => {
  const shell = within({ HOME: folder });
  const { file, fresh = '', key } = await sealingKey(shell);
  assert.equal(file, join(folder, '.config/larkhouse/key'));
  assert.ok(!existsSync(file ?? ''));
  assert.ok(fresh.startsWith(`${key.id}:`));
  assert.equal(shell.scrubber.scrub(fresh.split(':')[1] ?? ''), '[secret]');
  const elsewhere = await sealingKey(within({ HOME: folder, XDG_CONFIG_HOME: '/somewhere' }));
  assert.equal(elsewhere.file, '/somewhere/larkhouse/key');
});

test('a key that an earlier init made is taken again', async () => {
  const own = newKey();
  const home = join(folder, 'xdg');
  const file = join(home, 'larkhouse/key');
  const { placeFile } = await import('../../../../src/cli/init/place-file.ts');
  await placeFile(file, 'key', `${own}\n`);
  const found = await sealingKey(within({ XDG_CONFIG_HOME: home }));
  assert.deepEqual([found.file, found.fresh], [file, undefined]);
  assert.equal(found.key.id, own.split(':')[0]);
});

test('a key of the environment comes first, and one that is none is an error', async () => {
  const own = newKey();
  const found = await sealingKey(within({ HOME: folder, LARKHOUSE_KEY: own }));
  assert.deepEqual([found.file, found.key.id], [undefined, own.split(':')[0]]);
  await writeFile(join(folder, 'bad'), 'no key', { mode: 0o600 });
  const bad = within({ HOME: folder, LARKHOUSE_KEY_FILE: join(folder, 'bad') });
  await assert.rejects(sealingKey(bad), ConfigError);
});
