import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CommandError, runCommand } from '../../../../src/cli/notify/command.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'larkhouse-notify-'));
});
after(() => rm(folder, { recursive: true }));

const node = process.execPath;
const echo =
  "const fs=require('fs');fs.writeFileSync('said',JSON.stringify([process.argv.slice(1),fs.readFileSync(0,'utf8')]))";

function failure(words: readonly string[], timeoutMs?: number): Promise<string> {
  const place = timeoutMs === undefined ? { cwd: folder } : { cwd: folder, timeoutMs };
  return runCommand(words, '{}\n', place).then(
    () => assert.fail('it did not fail'),
    (error: unknown) => {
      assert.ok(error instanceof CommandError);
      return error.message;
    },
  );
}

test('a program gets its words as they are and the event on its standard input', async () => {
  const words = [node, '-e', echo, '--', 'a b', '$(touch broken)', '*', ';'];
  await runCommand(words, '{"event":"failure"}\n', { cwd: folder });
  assert.deepEqual(JSON.parse(await readFile(join(folder, 'said'), 'utf8')), [
    ['a b', '$(touch broken)', '*', ';'],
    '{"event":"failure"}\n',
  ]);
  await assert.rejects(readFile(join(folder, 'broken')), { code: 'ENOENT' });
});

test('a program that leaves the event unread has still been told', async () => {
  await runCommand([node, '-e', ''], 'x'.repeat(1_000_000), { cwd: folder });
});

test('a program that is missing, fails or hangs is told of, by name', async () => {
  assert.match(
    await failure(['/no/such/program']),
    /\/no\/such\/program .* cannot be run \(ENOENT\)/,
  );
  assert.match(await failure([node, '-e', 'process.exit(3)']), /ended with exit code 3$/);
  assert.match(
    await failure([node, '-e', 'setInterval(() => {}, 1000)'], 200),
    /has not ended within 0.2 s$/,
  );
});
