import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { testDatabase } from '../../../postgres.ts';
import { type Answer, ctrlC, down, enter, space, talk } from './conversation.ts';
import { openOffice } from './office.ts';

const office = await openOffice();
after(() => office.close());

const { tenant, appId, secret, code, base, wiki } = office;
const config = ['init', '--base-url', tenant.url];

/** All questions of one who takes everything. */
const everything: readonly Answer[] = [
  ['A short name', `acme${enter}`],
  ['Where is the app?', enter],
  ['App ID', appId + enter],
  ['App Secret', secret + enter],
  ['What to replicate?', enter],
  ['Approvals to read', enter],
  ['More approval codes', enter],
  ['Link of a Base', base + enter],
  ['Another Base', wiki + enter],
  ['What of it?', enter],
  ['Another Base', enter],
  ['Time zone', `Asia/Shanghai${enter}`],
  ['URL of the Postgres', enter],
];

async function filesIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((one) => one.isFile()).map((one) => one.name);
}

test('what init writes, check and sync accept, and the secret stands nowhere', async () => {
  const database = await testDatabase();
  const where = await office.folder();
  const said = await talk(
    config,
    everything.map(([question, keys]) =>
      question.startsWith('URL') ? [question, database.url + enter] : [question, keys],
    ),
    where,
  );
  assert.equal(said.code, 0, said.shown);
  const file = join(where.cwd, 'config/larkhouse.yaml');
  const key = join(where.home, '.config/larkhouse/key');
  for (const path of [file, key]) assert.equal((await stat(path)).mode & 0o777, 0o600, path);
  const text = await readFile(file, 'utf8');
  const { password } = new URL(database.url);
  for (const hidden of [secret, password].filter((one) => one.length > 3)) {
    for (const place of [text, said.raw, said.stdout]) assert.ok(!place.includes(hidden));
  }
  assert.match(text, /app_secret: sealed:v1:\w+:sources\.acme\.auth\.app_secret:/);
  assert.match(text, new RegExp(`- "?${code}"? # `));
  assert.match(said.stdout, /Next:\n\n +larkhouse check\n +larkhouse sync\n$/);

  for (const command of ['check', 'sync']) {
    const { code: exit, raw, stdout } = await talk([command], [], { ...where, isTerminal: false });
    assert.equal(exit, 0, `${command}: ${stdout}${raw}`);
  }
  await database.drop();
});

test('a wrong secret is told with the code of Lark, and earlier answers stay', async () => {
  const where = await office.folder();
  const [name, platform, id, right, ...rest] = everything;
  assert.ok(name && platform && id && right);
  const wrong: Answer = ['App Secret', `wrong-secret-of-mine${enter}`];
  const again: readonly Answer[] = [['Where is the app?', enter], ['App ID', enter], right];
  const said = await talk(config, [name, platform, id, wrong, ...again, ...rest], where);
  assert.equal(said.code, 0, said.shown);
  assert.match(said.shown, /app secret invalid[\s\S]*Lark code 10014/);
  assert.doesNotMatch(said.raw, /wrong-secret-of-mine/);
  assert.match(await readFile(join(where.cwd, 'config/larkhouse.yaml'), 'utf8'), new RegExp(appId));
});

for (const [platform, keys, host] of [
  ['lark', enter, 'open.larksuite.com'],
  ['feishu', down + enter, 'open.feishu.cn'],
] as const) {
  test(`a missing scope is told with the page of ${platform} that adds it, and tried again`, async () => {
    const where = await office.folder();
    const { scopes } = tenant.app;
    scopes.delete('attendance:task:readonly');
    const [name, , id, password, ...rest] = everything;
    assert.ok(name && id && password);
    const adding = (): string => {
      scopes.add('attendance:task:readonly');
      return enter;
    };
    const start: readonly Answer[] = [name, ['Where is the app?', keys], id, password];
    const said = await talk(config, [...start, ['Scopes are missing', adding], ...rest], where);
    assert.equal(said.code, 0, said.shown);
    const page = `https://${host}/app/${appId}/auth?q=attendance:task:readonly`;
    assert.ok(said.shown.includes(page), said.shown);
    assert.match(said.shown, /publish a version/);
    const text = await readFile(join(where.cwd, 'config/larkhouse.yaml'), 'utf8');
    assert.match(text, new RegExp(`platform: ${platform}\\n`));
    assert.match(text, /^ {6}attendance:/m);
  });
}

test('a Base that is not shared is told how to share, and its link stays to be tried again', async () => {
  const where = await office.folder();
  tenant.app.base_collaborator = [];
  const sharing = (): string => {
    tenant.app.base_collaborator = 'all';
    return enter;
  };
  const at = everything.findIndex(([question]) => question === 'Link of a Base');
  const answers = everything.toSpliced(at + 1, 0, ['Link of a Base', sharing]);
  const said = await talk(config, answers, where);
  assert.equal(said.code, 0, said.shown);
  assert.match(
    said.shown,
    /FAILED +Base \w+\s[\s\S]*share the Base with the\s+app[\s\S]*Add\s+document\s+app/,
  );
});

test('modules, tables and a table of a link are chosen from lists', async () => {
  const where = await office.folder();
  const [name, platform, id, password] = everything;
  assert.ok(name && platform && id && password);
  const table = tenant.company.base(base.split('/').at(-1) ?? '', Date.now())?.tables[0]?.table_id;
  const said = await talk(
    config,
    [
      name,
      platform,
      id,
      password,
      // All but Base and Contact.
      ['What to replicate?', `${space}${down}${space}${down}${down}${space}${enter}`],
      ['Link of a Base', wiki + enter],
      ['What of it?', down + enter],
      ['Its tables', down + space + enter],
      ['Another Base', `https://acme.larksuite.com/base/nothing${enter}`],
      ['Another Base', '\u0015'.concat(`${base}?table=${table}`, enter)],
      ['Another Base', enter],
      ['URL of the Postgres', enter],
    ],
    where,
  );
  assert.equal(said.code, 0, said.shown);
  const text = await readFile(join(where.cwd, 'config/larkhouse.yaml'), 'utf8');
  assert.doesNotMatch(text, /^ {6}(approval|attendance|contact):/m);
  assert.match(text, /wiki_token: \w+ # Roadmap, table Ideas\n +table_id: tbl\w+\n/);
});

test('names that a tenant chose steer neither the terminal nor the file', async () => {
  const where = await office.folder();
  const said = await talk(config, everything, where);
  assert.equal(said.code, 0, said.shown);
  assert.ok(!said.raw.includes('\u001b[2J') && !said.raw.includes('\u202e'));
  const text = await readFile(join(where.cwd, 'config/larkhouse.yaml'), 'utf8');
  assert.match(text, /# Ops⏎ {2}evil: 1\ufffd\[2J"'#: \ufffd\{\n/);
});

test('Ctrl-C at any question ends with 130 and leaves nothing behind', async () => {
  const where = await office.folder();
  for (const at of everything.keys()) {
    const [question = ''] = everything[at] ?? [];
    const said = await talk(config, [...everything.slice(0, at), [question, ctrlC]], where);
    assert.equal(said.code, 130, `${question}: ${said.shown}`);
    assert.match(said.shown, /nothing was written/);
    assert.deepEqual(await filesIn(where.cwd), [], question);
  }
});

test('a person who is gone ends with 130, in the middle of a text, too', async () => {
  const where = await office.folder();
  const said = await talk(config, [...everything.slice(0, 2), ['App ID', '']], where);
  assert.equal(said.code, 130, said.shown);
  assert.deepEqual(await filesIn(where.cwd), []);
});

test('a file that exists is replaced only after a yes, and then for its owner alone', async () => {
  const where = await office.folder();
  const file = join(where.cwd, 'config/larkhouse.yaml');
  await mkdir(join(where.cwd, 'config'));
  await writeFile(file, 'mine: true\n', { mode: 0o644 });
  const question = 'config/larkhouse.yaml exists. Replace it?';
  const no = await talk(config, [[question, enter]], where);
  assert.equal(no.code, 1);
  assert.match(no.shown, /Nothing was changed/);
  assert.equal(await readFile(file, 'utf8'), 'mine: true\n');
  const yes = await talk(config, [[question, 'y'], ...everything], where);
  assert.equal(yes.code, 0, yes.shown);
  assert.match(await readFile(file, 'utf8'), /^# Configuration of larkhouse/);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
});

test('a warehouse that cannot be used is told, and asked for again', async () => {
  const where = await office.folder();
  const answers = everything.slice(0, -1);
  const said = await talk(
    config,
    [
      ...answers,
      ['URL of the Postgres', `mysql://somewhere${enter}`],
      ['URL of the Postgres', `postgres://me:hidden-word@127.0.0.1:1/none${enter}`],
      ['URL of the Postgres', enter],
    ],
    where,
  );
  assert.equal(said.code, 0, said.shown);
  assert.match(said.shown, /must be a URL, postgres:/);
  assert.match(said.shown, /FAILED +warehouse\n/);
  assert.doesNotMatch(said.raw, /hidden-word/);
  assert.ok(existsSync(join(where.home, '.config/larkhouse/key')));
});
