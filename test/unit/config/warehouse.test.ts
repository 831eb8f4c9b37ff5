import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from 'pg';
import { problemsIn, read, sample } from './sample.ts';

function urlOf(warehouse: object): string {
  const { url } = read(sample({ warehouse })).warehouse;
  assert.ok(url !== undefined);
  return url;
}

function problemsOf(warehouse: object): string[] {
  return problemsIn(sample({ warehouse })).map(({ path, message }) => `${path}: ${message}`);
}

test('the warehouse is the embedded Postgres unless a URL is given', () => {
  const embedded = { schema: 'lark', viewsSchema: 'lark_views' };
  for (const warehouse of [{}, null, { url: '' }, { url: '${DATABASE_URL:-}', password: '' }]) {
    assert.deepEqual(read(sample({ warehouse })).warehouse, embedded);
  }
  const without = JSON.stringify({ sources: JSON.parse(sample()).sources });
  assert.deepEqual(read(without).warehouse, embedded);
});

test('the warehouse takes every option', () => {
  const url = 'postgresql://u:p%40ss@db.example.com:5432/lark?sslmode=disable';
  const warehouse = { url, schema: '_raw', views_schema: 'v1' };
  assert.deepEqual(read(sample({ warehouse })).warehouse, {
    url,
    schema: '_raw',
    viewsSchema: 'v1',
  });
});

test('a warehouse URL of another kind is refused unseen', () => {
  for (const url of ['mysql://u:hidden@h/d', 'postgres://u:hid/den#@h:x/d', 'hidden']) {
    const problems = problemsIn(sample({ warehouse: { url } }));
    assert.deepEqual(
      problems.map(({ path }) => path),
      ['warehouse.url'],
    );
    assert.doesNotMatch(JSON.stringify(problems), /hid/);
  }
});

test('schema names need no quotes in SQL', () => {
  for (const schema of ['Lark', '1lark', 'la-rk', '', 'pg_lark', 'a'.repeat(64)]) {
    assert.deepEqual(
      problemsIn(sample({ warehouse: { schema, views_schema: schema } })).map(({ path }) => path),
      ['warehouse.schema', 'warehouse.views_schema'],
    );
  }
});

test('a password that stands apart reaches Postgres as it is, in every form of URL', () => {
  const password = `p@ss wörd+100%&x="\\'/#?`;
  for (const url of [
    'postgres://user@db.example.com:6543/lark',
    'postgres://user@db.example.com/lark?application_name=a%20b',
    'postgresql:///lark?host=/var/run/postgresql&user=user',
  ]) {
    const whole = new Client({ connectionString: urlOf({ url, password }) });
    const bare = new Client({ connectionString: url });
    assert.equal(whole.password, password);
    for (const part of ['host', 'port', 'user', 'database'] as const) {
      assert.equal(whole[part], bare[part], part);
    }
  }
});

test('a password that stands apart needs a URL, and one that has none', () => {
  assert.deepEqual(problemsOf({ password: 'hidden' }), [
    'warehouse.password: needs a url: the embedded Postgres has a password of its own',
  ]);
  for (const url of ['postgres://u:x@h/d', 'postgres://u@h/d?password=x']) {
    assert.deepEqual(problemsOf({ url, password: 'hidden' }), [
      'warehouse.password: is given twice: the url holds one, too',
    ]);
  }
});

test('every mode of TLS that is asked for verifies the server in full', () => {
  for (const mode of ['allow', 'prefer', 'require', 'verify-ca', 'verify-full']) {
    const url = urlOf({ url: `postgres://u:p@db.example.com/d?x=1&sslmode=${mode}` });
    assert.equal(new URL(url).searchParams.get('sslmode'), 'verify-full');
    assert.deepEqual(new Client({ connectionString: url }).ssl, {});
  }
});

test('ssl is another word for sslmode', () => {
  const urlWith = (option: string): string =>
    urlOf({ url: `postgres://u:p%40ss@db.example.com/d?x=1&${option}` });
  for (const value of ['0', 'false', 'off', 'no', 'disable']) {
    const url = urlWith(`ssl=${value}`);
    assert.equal(url, 'postgres://u:p%40ss@db.example.com/d?x=1&sslmode=disable');
    assert.equal(new Client({ connectionString: url, ssl: true }).ssl, false);
  }
  for (const value of ['1', 'true', 'on', 'yes']) {
    assert.deepEqual(new Client({ connectionString: urlWith(`ssl=${value}`) }).ssl, {});
  }
});

test('what says nothing that is known of TLS, or two things, is refused', () => {
  for (const option of ['sslmode=none', 'sslmode=', 'sslmode=Disable', 'ssl=maybe', 'ssl=']) {
    const [problem = ''] = problemsOf({ url: `postgres://u:p@db.example.com/d?${option}` });
    assert.match(
      problem,
      /^warehouse\.url: must have sslmode=verify-full or sslmode=disable/,
      option,
    );
  }
  for (const option of [
    'sslmode=verify-full&sslmode=disable',
    'ssl=1&ssl=0',
    'sslmode=verify-full&ssl=0',
  ]) {
    const [problem = ''] = problemsOf({ url: `postgres://u:p@db.example.com/d?${option}` });
    assert.match(problem, /^warehouse\.url: must have sslmode once/, option);
  }
});

test('what would accept any certificate is refused, but on loopback, where a tunnel ends', () => {
  for (const option of [
    'sslmode=no-verify',
    'ssl=no-verify',
    'ssl%6Dode=no-verify',
    'uselibpqcompat=true&sslmode=require',
    'uselibpqcompat=true&sslmode=prefer',
  ]) {
    const [problem = ''] = problemsOf({ url: `postgres://u:p@db.example.com/d?${option}` });
    assert.match(
      problem,
      /^warehouse\.url: must not switch off the check .*sslrootcert=FILE/,
      option,
    );
    const disguised = `postgres://u:p@localhost/d?host=db.example.com&${option}`;
    assert.equal(problemsOf({ url: disguised }).length, 1, option);
    const twice = `postgres://u:p@localhost/d?host=localhost&host=db.example.com&${option}`;
    assert.equal(problemsOf({ url: twice }).length, 1, option);
    assert.deepEqual(problemsOf({ url: `postgres://u:p@127.0.0.1/d?${option}` }), [], option);
  }
});
