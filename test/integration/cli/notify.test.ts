// What operators are told: by a bot that checks signatures, and by a program of their own.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { isObject, type JsonObject, objectsOf, parseJson } from '../../../src/json.ts';
import { openLease, sourceLock } from '../../../src/load/lease.ts';
import { configuration, type Stage, startStage } from './stage.ts';

let stage: Stage;
let hook: string;
before(async () => {
  stage = await startStage();
  hook = `${stage.tenant.url}/open-apis/bot/v2/hook/${stage.tenant.app.bot.token}`;
  await tellWebhook();
});
after(() => stage.close());
beforeEach(() => {
  stage.tenant.app.bot.cards.length = 0;
});

/** Adds what follows `notify:` to the configuration. */
function withNotify(notify: string): Promise<void> {
  return stage.configure(`notify:\n${notify}\n${configuration(stage.company, stage.tenant.url)}`);
}

function tellWebhook(more = ''): Promise<void> {
  return withNotify(`  webhook: { url: "\${HOOK}", secret: "\${HOOK_SECRET}" }\n${more}`);
}

function env(given: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { HOOK: hook, HOOK_SECRET: stage.tenant.app.bot.secret ?? '', ...given };
}

/** The texts of the cards since the test began, a card an element. */
function cards(): string[] {
  return stage.tenant.app.bot.cards.map((card) =>
    textsIn(parseJson(JSON.stringify(card))).join('\n'),
  );
}

function textsIn(value: ReturnType<typeof parseJson>): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isObject(value)) return [];
  const { content } = value;
  const own = typeof content === 'string' ? [content] : [];
  return [...own, ...Object.values(value).flatMap((member) => textsIn(member ?? null))];
}

async function sync(code: number, ...args: readonly string[]): Promise<string> {
  const ended = await stage.run(['sync', '--quiet', ...args], env());
  assert.equal(ended.code, code, ended.stderr);
  assert.ok(!`${ended.stdout}${ended.stderr}`.includes(stage.tenant.app.bot.token));
  return ended.stderr;
}

test('a sync that goes well tells nobody anything', async () => {
  await sync(0);
  assert.deepEqual(cards(), []);
});

test('a failure is told by its first run alone, and so is its end', async () => {
  const { scopes } = stage.tenant.app;
  scopes.delete('attendance:task:readonly');
  await sync(1);
  await sync(1);
  const [failure = '', ...more] = cards();
  assert.deepEqual(more, []);
  assert.match(failure, /^acme: sync failed\n\*\*attendance\.flows\*\*\n/);
  assert.match(failure, /attendance:task:readonly/);
  assert.match(failure, /run \d+ · /);
  scopes.add('attendance:task:readonly');
  await sync(0);
  await sync(0);
  assert.equal(cards().length, 2);
  assert.match(cards()[1] ?? '', /^acme: works again\n\*\*attendance\.flows\*\*\n/);
});

test('a changed Base is told once, and no value of a record with it', async () => {
  const table = stage.company.has.bases[0]?.tables[0];
  const [title, amount] = table?.fields ?? [];
  assert.ok(table !== undefined && title !== undefined && amount !== undefined);
  Object.assign(table, { fields: [title, { ...amount, field_name: '<at id=all></at>' }] });
  table.revision += 1;
  await sync(0);
  await sync(0);
  const [card = '', ...more] = cards();
  assert.deepEqual(more, []);
  assert.match(card, /^acme: Bases changed\n.*\nfield "数量" is now called "<at id=all><\/at>"\n/);
  assert.ok(!card.includes('记录 '));
  assert.doesNotMatch(JSON.stringify(stage.tenant.app.bot.cards), /lark_md/);
});

test('a bot that refuses is a warning, and is told again by the next run', async () => {
  const { scopes, bot } = stage.tenant.app;
  scopes.delete('attendance:task:readonly');
  const { secret } = bot;
  bot.secret = 'another-secret';
  const ended = await stage.run(['sync', '--quiet'], env({ HOOK_SECRET: secret ?? '' }));
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /failure was not told by webhook: the bot at .* Lark code 19021/);
  assert.ok(!ended.stderr.includes(bot.token));
  bot.secret = secret;
  await sync(1);
  assert.equal(cards().length, 1);
  scopes.add('attendance:task:readonly');
  await sync(0);
});

test('a stale stream is told by status --notify where no sync runs any more', async () => {
  await tellWebhook('  stale_after_hours: 5\n  locale: zh-CN');
  await stage.rows("update lark.sync_runs set started_at = started_at - interval '6 hours'");
  const told = await stage.run(['status', '--notify', '--quiet'], env());
  assert.deepEqual([told.code, told.stdout, told.stderr], [0, '', '']);
  await stage.run(['status', '--notify', '--quiet'], env());
  const [card = '', ...more] = cards();
  assert.deepEqual(more, []);
  assert.match(card, /^acme：数据已过期\n\*\*contact\.departments\*\*\n最近一次完整同步：/);
  await sync(0);
  assert.match(cards()[1] ?? '', /^acme：已恢复正常\n/);
  assert.equal(cards().length, 2);
});

test('a run that cannot begin is told as one, and without a warehouse nothing else is needed', async () => {
  await tellWebhook();
  const gone = stage.url.replace(/\/[^/]*$/, '/no_such_database');
  const ended = await stage.run(['sync', '--quiet'], env({ DATABASE_URL: gone }));
  assert.equal(ended.code, 1);
  const [card = ''] = cards();
  assert.match(card, /^larkhouse could not run\n.*no_such_database/);
  assert.ok(!card.includes(new URL(stage.url).password));
  await sync(0);
  assert.equal(cards().length, 1, 'nothing was remembered, so that nothing is over');
});

test('a program gets each event as one JSON object', async () => {
  const { scopes } = stage.tenant.app;
  const script = join(stage.folder, 'tell.mjs');
  await writeFile(
    script,
    "import { appendFileSync, readFileSync } from 'node:fs';\nappendFileSync('told', readFileSync(0));\n",
  );
  await withNotify(`  command: ["${process.execPath}", "${script}"]`);
  await sync(0);
  scopes.delete('attendance:task:readonly');
  await sync(1);
  await sync(1);
  scopes.add('attendance:task:readonly');
  await sync(0);
  const lines = (await readFile(join(stage.folder, 'told'), 'utf8')).trimEnd().split('\n');
  const [failure, recovery, ...more] = lines.map((line): JsonObject => {
    const value = parseJson(line);
    assert.ok(isObject(value));
    return value;
  });
  assert.deepEqual(more, []);
  assert.equal(failure?.['event'], 'failure');
  assert.equal(failure['source'], 'acme');
  const [stream] = objectsOf(failure['streams']);
  assert.equal(stream?.['stream'], 'attendance.flows');
  assert.match(String(stream['error']), /attendance:task:readonly/);
  assert.match(String(failure['text']), /^acme: sync failed\n/);
  assert.equal(recovery?.['event'], 'recovery');
  assert.deepEqual(cards(), []);
});

test('a dry run tells nobody', async () => {
  await tellWebhook();
  stage.tenant.app.scopes.delete('attendance:task:readonly');
  await sync(1, '--dry-run');
  stage.tenant.app.scopes.add('attendance:task:readonly');
  assert.deepEqual(cards(), []);
});

test('a run that finds another at work leaves the telling to it', async () => {
  await stage.configure(configuration(stage.company, stage.tenant.url));
  stage.tenant.app.scopes.delete('attendance:task:readonly');
  await sync(1);
  stage.tenant.app.scopes.add('attendance:task:readonly');
  await tellWebhook();
  const lease = await openLease(stage.pool);
  assert.ok(await lease.take(sourceLock('lark', 'acme')));
  await sync(0);
  assert.deepEqual(cards(), []);
  await lease.release();
  assert.equal((await stage.run(['status', '--notify', '--quiet'], env())).code, 0);
  assert.equal(cards().length, 1);
});

test('status --notify without anybody to tell is a mistake', async () => {
  await stage.configure(configuration(stage.company, stage.tenant.url));
  const ended = await stage.run(['status', '--notify']);
  assert.equal(ended.code, 2);
  assert.match(ended.stderr, /add notify to the configuration/);
});
