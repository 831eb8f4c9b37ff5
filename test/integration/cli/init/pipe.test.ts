import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isObject, objectsOf, parseJson } from '../../../../src/json.ts';
import { talk } from './conversation.ts';
import { openOffice } from './office.ts';

const office = await openOffice();
after(() => office.close());

const { tenant, appId, secret, code, base } = office;
const start = ['init', '--base-url', tenant.url, '--app-id', appId];
const some = [...start, '--platform', 'feishu', '--modules', 'base,approval'];
const all = [...some, '--approval-code', code, '--base', base];

async function run(
  args: readonly string[],
  given: { readonly stdin?: string; readonly env?: Readonly<Record<string, string>> } = {},
) {
  const where = await office.folder();
  const env = { ...where.env, ...given.env };
  const said = await talk(args, [], { ...where, ...given, env, isTerminal: false });
  const file = join(where.cwd, 'config/larkhouse.yaml');
  return { ...said, ...where, env, file };
}

test('without a terminal every missing flag is named, and the exit code is 2', async () => {
  const nothing = await run(['init']);
  assert.equal(nothing.code, 2);
  assert.match(
    nothing.shown,
    /misses the flags --platform, --app-id, --modules\. Next: .*LARK_APP_SECRET/,
  );
  const less = await run(some, { env: { LARK_APP_SECRET: secret } });
  assert.equal(less.code, 2);
  assert.match(less.shown, /misses the flags --approval-code, --base\./);
  const noSecret = await run(all);
  assert.equal(noSecret.code, 2);
  assert.match(noSecret.shown, /standard input is empty/);
});

test('flags and a secret from a pipe or the environment write what check accepts', async () => {
  for (const given of [{ stdin: `${secret}\n` }, { env: { LARK_APP_SECRET: secret } }]) {
    const said = await run(all, given);
    assert.equal(said.code, 0, said.shown);
    const text = await readFile(said.file, 'utf8');
    assert.match(text, /^ {2}main:\n {4}platform: feishu\n/m);
    assert.match(text, /locale: zh-CN/);
    for (const place of [text, said.raw, said.stdout]) assert.ok(!place.includes(secret));
    const { cwd } = said;
    const env = { HOME: said.home };
    const checked = await talk(['check', '--json'], [], { cwd, env, isTerminal: false });
    assert.equal(checked.code, 0, checked.stdout);
    const report = parseJson(checked.stdout);
    const named = objectsOf(isObject(report) ? report['checks'] : []).map(({ check }) => check);
    assert.ok(named.includes(`approval code ${code}`), String(named));
  }
});

test('a key of the environment seals, and no other is made', async () => {
  const key = `mine:${Buffer.alloc(32, 7).toString('base64')}`;
  const said = await run(all, { stdin: secret, env: { LARKHOUSE_KEY: key } });
  assert.equal(said.code, 0, said.shown);
  assert.match(await readFile(said.file, 'utf8'), /app_secret: sealed:v1:mine:/);
  assert.ok(!existsSync(said.home));
  assert.doesNotMatch(said.stdout, /LARKHOUSE_KEY_FILE/);
});

test('what Lark refuses ends it with what to do, and nothing is written', async () => {
  const wrong = await run(all, { stdin: 'not-the-right-one' });
  assert.equal(wrong.code, 1);
  assert.match(wrong.shown, /app secret invalid .*Lark code 10014/);
  tenant.app.scopes.delete('bitable:app:readonly');
  const lacking = await run(all, { stdin: secret });
  tenant.app.scopes.add('bitable:app:readonly');
  assert.equal(lacking.code, 1);
  const page = `https://open.feishu.cn/app/${appId}/auth?q=bitable:app:readonly`;
  assert.ok(lacking.shown.includes(page), lacking.shown);
  assert.match(lacking.shown, /base cannot be read; nothing was written/);
  tenant.app.base_collaborator = [];
  const unshared = await run(all, { stdin: secret });
  tenant.app.base_collaborator = 'all';
  assert.equal(unshared.code, 1);
  assert.match(unshared.shown, /share the Base with the app/);
  const unknown = await run([...all, '--approval-code', 'NO-SUCH-CODE'], { stdin: secret });
  assert.equal(unknown.code, 1);
  assert.match(unknown.shown, /FAILED +NO-SUCH-CODE: .*Lark code 1390002/);
  for (const { cwd, home } of [wrong, lacking, unshared, unknown]) {
    assert.ok(!existsSync(join(cwd, 'config')) && !existsSync(home));
  }
});

test('a warehouse that cannot be reached ends it, and its password is not shown', async () => {
  const env = { LARK_APP_SECRET: secret, DATABASE_URL: 'postgres://me:hidden-word@127.0.0.1:1/x' };
  const said = await run(all, { env });
  assert.equal(said.code, 1);
  assert.match(said.shown, /the warehouse cannot be used; nothing was written/);
  assert.doesNotMatch(said.raw, /hidden-word/);
  assert.ok(!existsSync(said.file));
});

test('a file that exists is left alone without --yes', async () => {
  const where = await office.folder();
  const file = join(where.cwd, 'own.yaml');
  await writeFile(file, 'mine: true\n');
  const args = [...all, '--config', 'own.yaml'];
  const env = { ...where.env, LARK_APP_SECRET: secret };
  const no = await talk(args, [], { ...where, env, isTerminal: false });
  assert.equal(no.code, 2);
  assert.match(no.shown, /own\.yaml exists\. Next: add --yes/);
  assert.equal(await readFile(file, 'utf8'), 'mine: true\n');
  const yes = await talk([...args, '--yes'], [], { ...where, env, isTerminal: false });
  assert.equal(yes.code, 0, yes.shown);
  assert.match(yes.stdout, /larkhouse check --config own\.yaml/);
});

test('a folder that cannot be made leaves no key behind that nothing needs', async () => {
  const where = await office.folder();
  await writeFile(join(where.cwd, 'config'), '');
  const env = { ...where.env, LARK_APP_SECRET: secret };
  const said = await talk(all, [], { ...where, env, isTerminal: false });
  assert.equal(said.code, 2, said.shown);
  assert.match(said.shown, /larkhouse\.yaml: cannot be written \(\w+\); nothing was changed/);
  assert.ok(!existsSync(join(where.home, '.config/larkhouse/key')));
});

test('flags that mean nothing are usage errors', async () => {
  for (const [args, said] of [
    [['--modules', 'base,contcat'], /--modules names "contcat": did you mean contact\?/],
    [['--base-url', 'https://example.com'], /--base-url is for a simulated tenant/],
    [['--base-url', 'ftp://x'], /--base-url must/],
    [['--platform', 'larc'], /larc/],
  ] as const) {
    const { code: exit, shown } = await run([...all.slice(0, 1), ...args]);
    assert.equal(exit, 2, shown);
    assert.match(shown, said);
  }
  const zone = ['--modules', 'attendance', '--time-zone', 'Mars/Olympus', '--platform', 'lark'];
  const mars = await run([...start, ...zone], { stdin: secret });
  assert.equal(mars.code, 2, mars.shown);
  const name = await run([...all, '--source', 'Über'], { stdin: secret });
  assert.equal(name.code, 2, name.shown);
});
