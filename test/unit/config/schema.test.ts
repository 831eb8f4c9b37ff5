import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsIn, read, sample } from './sample.ts';

test('the warehouse is the embedded Postgres unless a URL is given', () => {
  const embedded = { schema: 'lark', viewsSchema: 'lark_views' };
  for (const warehouse of [{}, null, { url: '' }, { url: '${DATABASE_URL:-}' }]) {
    assert.deepEqual(read(sample({ warehouse })).warehouse, embedded);
  }
  const [source] = read(sample()).sources;
  assert.deepEqual(read(JSON.stringify({ sources: { a: sourceOf() } })).warehouse, embedded);
  assert.equal(source?.name, 'acme');
});

test('the warehouse takes every option', () => {
  const url = 'postgresql://u:p%40ss@db.example.com:5432/lark?sslmode=require';
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

test('sources keep their order and names', () => {
  const text = JSON.stringify({ sources: { b: sourceOf(), 'a_1-x': sourceOf() } });
  assert.deepEqual(
    read(text).sources.map(({ name }) => name),
    ['b', 'a_1-x'],
  );
});

test('a source name begins with a letter, is lower case and at most 63 long', () => {
  for (const name of ['Acme', '1a', '_a', 'a b', 'a.b', 'é', 'a'.repeat(64)]) {
    const problems = problemsIn(JSON.stringify({ sources: { [name]: sourceOf() } }));
    assert.equal(problems.length, 1, name);
    assert.match(problems[0]?.message ?? '', /is not a source name/);
  }
});

test('a bad source name does not hide what is wrong within', () => {
  const problems = problemsIn(JSON.stringify({ sources: { Acme: { ...sourceOf(), auth: {} } } }));
  assert.deepEqual(
    problems.map(({ path }) => path),
    ['sources.Acme.auth.mode', 'sources.Acme'],
  );
});

test('at least one source is named', () => {
  assert.deepEqual(problemsIn('sources: {}'), [
    { path: 'sources', message: 'needs at least one source' },
  ]);
  assert.deepEqual(problemsIn('warehouse: {}'), [{ path: 'sources', message: 'is required' }]);
});

function sourceOf(): object {
  const auth = { mode: 'custom_app', app_id: 'a', app_secret: 's' };
  return { platform: 'lark', auth, modules: { contact: {} } };
}
