import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const secret = 'hidden-in-a-crash';

/** A process that listens for crashes and runs this text; `debug` as --log-level debug does. */
function crashing(text: string, debug = false): { status: number | null; stderr: string } {
  const at = (path: string): string => JSON.stringify(import.meta.resolve(`../../../src/${path}`));
  const program = `
import { onCrash } from ${at('cli/crash.ts')};
import { Scrubber } from ${at('cli/scrub.ts')};
import { SourceError } from ${at('errors.ts')};
import { parseJson } from ${at('json.ts')};
const scrubber = new Scrubber();
scrubber.register(['${secret}']);
const { env, stdin, stdout, stderr } = process;
onCrash({ env, cwd: process.cwd(), stdin, stdout, stderr, scrubber }, ${debug});
setTimeout(() => {}, 60_000);
${text}`;
  const args = ['--input-type=module', '-e', program];
  return spawnSync(process.execPath, args, { encoding: 'utf8' });
}

const crashes: readonly (readonly [string, string])[] = [
  ['an exception', `setImmediate(() => { throw new TypeError('about ${secret} and a value'); });`],
  ['a rejection', `Promise.reject(new TypeError('about ${secret} and a value'));`],
];

for (const [name, text] of crashes) {
  test(`${name} that nobody catches is one sentence without what the error says`, () => {
    const { status, stderr } = crashing(text);
    assert.equal(status, 1);
    assert.equal(
      stderr,
      'larkhouse: an unforeseen TypeError ended the run. Next: run it again with --log-level debug and report what it prints.\n',
    );
  });
}

test('the sentence has the code and the place in the sources', () => {
  const coded = `throw Object.assign(new Error('${secret}'), { code: 'ENOSPC' });`;
  assert.match(crashing(coded).stderr, /an unforeseen Error \(ENOSPC\) ended the run\./);
  const broken = crashing(`setImmediate(() => parseJson('{"${secret}'));`).stderr;
  assert.match(broken, /an unforeseen SyntaxError at src\/json\.ts:\d+ ended the run\./);
  assert.ok(!broken.includes(secret));
});

test('an error of our own says what it says, scrubbed', () => {
  const own = crashing(`throw new SourceError('no ${secret} here', { hint: 'look' });`);
  assert.equal(own.stderr, 'larkhouse: no [secret] here. Next: look\n');
});

test('what is thrown need not be an error', () => {
  for (const value of [`'${secret}'`, 'undefined', `{ secret: '${secret}' }`]) {
    const { status, stderr } = crashing(`Promise.reject(${value});`);
    assert.equal(status, 1);
    assert.match(stderr, /^larkhouse: an unforeseen value ended the run\./);
  }
});

test('who asks for everything gets message and stack, scrubbed', () => {
  const { stderr } = crashing(crashes[0]?.[1] ?? '', true);
  assert.match(stderr, /TypeError: about \[secret\] and a value\n +at /);
  assert.ok(!stderr.includes(secret));
});

test('a diagnostic report has no environment', () => {
  const text = `console.log(JSON.stringify(process.report.getReport().environmentVariables ?? {})); process.exit()`;
  const { status, stderr } = crashing(text);
  assert.deepEqual([status, stderr], [0, '']);
});
