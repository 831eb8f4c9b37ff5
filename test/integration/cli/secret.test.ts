import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { configuration, startStage } from './stage.ts';

const entry = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));
const stage = await startStage();
after(() => stage.close());

const place = 'sources.acme.auth.app_secret';
const secret = stage.tenant.app.app_secret;
const plain = configuration(stage.company, stage.tenant.url);

/** The command `secret` with this on its standard input. */
async function secretCommand(
  args: readonly string[],
  { input = '', key = '' }: { readonly input?: string; readonly key?: string } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [entry, 'secret', ...args], {
    cwd: stage.folder,
    env: { PATH: process.env['PATH'], HOME: stage.folder, LARKHOUSE_KEY: key },
  });
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, stdout: stdout.trim(), stderr };
}

async function newKey(): Promise<string> {
  const { stdout } = await secretCommand(['key']);
  return /^LARKHOUSE_KEY=(\S+)$/.exec(stdout)?.[1] ?? '';
}

async function sealed(key: string, where = place, input = secret): Promise<string> {
  const { code, stdout } = await secretCommand(['seal', '--for', where], { input, key });
  assert.equal(code, 0);
  return stdout;
}

function withSecret(written: string): string {
  return plain.replace(`"\${LARK_APP_SECRET}"`, JSON.stringify(written));
}

const key = await newKey();

test('a source whose secret is sealed, with a warehouse whose password is in a file, is replicated', async () => {
  const url = new URL(stage.url);
  const { password } = url;
  url.password = '';
  await writeFile(join(stage.folder, 'password'), `${decodeURIComponent(password)}\n`, {
    mode: 0o600,
  });
  const yaml = withSecret(await sealed(key)).replace(
    `url: \${DATABASE_URL}`,
    `url: ${url.href}\n  password: file:password`,
  );
  await stage.configure(yaml);
  const { code, stdout, stderr } = await stage.run(['sync', 'contact', '--log-level', 'debug'], {
    LARKHOUSE_KEY: key,
  });
  assert.equal(code, 0, stdout + stderr);
  assert.equal((await stage.rows('select from lark.contact_users')).length, 3);
});

test('a changed value and a missing key fail closed, beside all else that is wrong', async () => {
  const good = await sealed(key);
  const before = stage.tenant.requests.total;
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [good.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')), key, /was changed|cut off/],
    [good, '', /LARKHOUSE_KEY: is not set/],
  ];
  for (const [written, given, message] of cases) {
    await stage.configure(withSecret(written).replace('attendance:', 'attendence:'));
    const env = given === '' ? {} : { LARKHOUSE_KEY: given };
    const { code, stdout, stderr } = await stage.run(['sync'], env);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^larkhouse: the configuration has 2 problems:\n/);
    assert.match(stderr, message);
    assert.match(stderr, /attendence: is not a known key/);
    assert.doesNotMatch(stderr, /\n +at /);
  }
  assert.equal(stage.tenant.requests.total, before);
});

test('rotation leaves the file as it is but for what is sealed, and the old key is needed no more', async () => {
  const old = await sealed(key);
  const url = await sealed(key, 'warehouse.url', stage.url);
  const yaml = `# my own words\n${withSecret(old)}`.replace(`\${DATABASE_URL}`, `${url} # here`);
  await stage.configure(yaml);
  const file = join(stage.folder, 'acme.yaml');
  const { mode } = await stat(file);
  const newer = await newKey();
  const args = ['rotate', '--config', 'acme.yaml'];
  const rotated = await secretCommand(args, { key: `${newer},${key}` });
  assert.equal(rotated.code, 0);
  assert.match(rotated.stdout, /^acme\.yaml: 2 secrets sealed anew, 0 left as they were\./);
  const after = await readFile(file, 'utf8');
  const blank = (each: string): string => each.replace(/sealed:[\w.:-]+/g, '<>');
  assert.equal(blank(after), blank(yaml));
  assert.ok(!after.includes(old) && !after.includes(url));
  assert.equal((await stat(file)).mode, mode);
  const { code, stdout } = await stage.run(['check'], { LARKHOUSE_KEY: newer });
  assert.equal(code, 0, stdout);
  const again = await secretCommand(args, { key });
  assert.equal(again.code, 2);
  assert.match(again.stderr, /which is not among those given/);
  assert.equal(await readFile(file, 'utf8'), after);
});

test('commands that ask no tenant do not look for its secrets', async () => {
  const mark = join(stage.folder, 'ran');
  await stage.configure(withSecret(`exec:touch ${mark}`));
  for (const args of [
    ['migrate', 'status'],
    ['query', 'select 1'],
    ['reset', 'contact', '--yes'],
  ]) {
    const { code, stdout, stderr } = await stage.run(args);
    assert.equal(code, 0, stdout + stderr);
  }
  assert.equal(existsSync(mark), false);
  assert.equal((await stage.run(['check'])).code, 2);
  assert.equal(existsSync(mark), true);
});

const refused: readonly (readonly [args: readonly string[], message: RegExp])[] = [
  [
    ['seal', '--for', 'sources.acme.auth.app_id'],
    /no secret stands at .*did you mean sources\.acme/,
  ],
  [['seal', '--for', place], /standard input is empty/],
  [['seal', '--for', place, 'hidden-word'], /others can read arguments/],
  [['rotate'], /there is no configuration file/],
  [['seel'], /there is no command seel: did you mean seal\?/],
  [[], /name what to do: key, seal or rotate/],
];

for (const [args, message] of refused) {
  test(`"larkhouse secret ${args.join(' ')}" is refused with exit code 2`, async () => {
    const { code, stdout, stderr } = await secretCommand(args, { key });
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /hidden-word/);
  });
}

test('a crash of the process is one sentence and exit code 1, and no certificate goes unchecked', async () => {
  const program = `setTimeout(() => {
  const code = process.env.NODE_TLS_REJECT_UNAUTHORIZED ?? 'CHECKED';
  throw Object.assign(new Error('hidden-word'), { code });
}, 1000)`;
  const { code, stderr } = await stage.run(['demo', '--port', '0'], {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}`,
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
  });
  assert.equal(code, 1);
  assert.match(stderr, /^larkhouse: an unforeseen Error \(CHECKED\) ended the run\. Next: .*\n$/);
});
