import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSecretCommand, wordsOf } from '../../../src/config/secret-command.ts';

const cwd = import.meta.dirname;

/** Runs a program of Node's own. */
function running(program: string, timeoutMs?: number): ReturnType<typeof runSecretCommand> {
  return runSecretCommand([process.execPath, '-e', program], cwd, timeoutMs);
}

async function faultOf(program: string, timeoutMs?: number): Promise<string> {
  const found = await running(program, timeoutMs);
  assert.ok('message' in found, 'a secret was found');
  assert.doesNotMatch(JSON.stringify(found), /hidden/);
  return found.message.replace(process.execPath, 'node');
}

test('the secret is what the command prints, without one line end', async () => {
  assert.deepEqual(await running('console.log("s3cret")'), { value: 's3cret' });
  assert.deepEqual(await running('process.stderr.write("noise"); process.stdout.write("x")'), {
    value: 'x',
  });
});

test('the command runs in the folder that is given, and is asked nothing', async () => {
  assert.deepEqual(await running('console.log(process.cwd())'), { value: cwd });
  assert.deepEqual(await running('process.stdin.resume().on("end", () => console.log("end"))'), {
    value: 'end',
  });
});

test('a failure tells the exit code or the signal, and neither output', async () => {
  const both = 'console.log("hidden"); console.error("hidden");';
  assert.equal(await faultOf(`${both} process.exit(3)`), 'the command node ended with exit code 3');
  const killed = `${both} process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 60_000)`;
  assert.equal(await faultOf(killed), 'the command node was ended by SIGTERM');
});

test('a command that does not end is ended', async () => {
  const message = await faultOf('setInterval(() => {}, 1000); console.log("hidden")', 300);
  assert.equal(message, 'the command node has not ended within 0.3 s');
});

test('no output, too much of it, or no text is a fault', async () => {
  assert.match(await faultOf(''), /output of the command node is empty$/);
  assert.match(await faultOf('console.log("x".repeat(70_000))'), /more than 65536 bytes$/);
  assert.match(await faultOf('process.stdout.write(Buffer.of(0xe9))'), /no text in UTF-8$/);
});

test('a command that is not there, is none, or cannot be run is a fault', async () => {
  assert.deepEqual(await runSecretCommand(['larkhouse-nothing'], cwd), {
    message: 'the command larkhouse-nothing is not found',
    suggestion: 'name a program in PATH, or its file; a shell is not used',
  });
  assert.ok('message' in (await runSecretCommand([], cwd)));
  const odd = await runSecretCommand([process.execPath, 'hidden\0'], cwd);
  assert.ok('message' in odd);
  assert.doesNotMatch(JSON.stringify(odd), /hidden/);
});

test('words are divided by blanks; quotes hold them together, and no shell sees them', async () => {
  assert.deepEqual(wordsOf('pass show  lark/acme '), ['pass', 'show', 'lark/acme']);
  assert.deepEqual(wordsOf(`sh -c 'echo "a b"' x" y"z ""`), ['sh', '-c', 'echo "a b"', 'x yz', '']);
  assert.deepEqual(wordsOf('a $(b) ;c|d'), ['a', '$(b)', ';c|d']);
  assert.deepEqual(wordsOf(' '), []);
  for (const open of [`a 'b`, 'a b"', `"a'`]) assert.equal(wordsOf(open), undefined);
});
