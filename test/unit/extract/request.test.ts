import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceError } from '../../../src/errors.ts';
import { requestOf } from '../../../src/extract/request.ts';
import { endpoint } from './server.ts';

const byId = endpoint({ path: '/open-apis/base/v1/apps/:app_token/tables/:table_id' });

test('placeholders are filled with encoded values', () => {
  const { path } = requestOf(byId, { params: { app_token: 'a/b?c', table_id: '表 1' } });
  assert.equal(path, '/open-apis/base/v1/apps/a%2Fb%3Fc/tables/%E8%A1%A8%201');
});

test('a placeholder without a value, or with a step up the path, is refused', () => {
  for (const value of [undefined, '', '.', '..']) {
    const params = { table_id: 't', ...(value === undefined ? {} : { app_token: value }) };
    assert.throws(() => requestOf(byId, { params }), SourceError);
  }
  assert.ok(requestOf(byId, { params: { app_token: '...', table_id: 't' } }));
});

test('a list is given by repeating its name, and undefined is left out', () => {
  const query = { user_ids: ['a b', 'c&d'], flag: true, off: false, size: 50, none: undefined };
  const { path } = requestOf(endpoint(), { query });
  assert.equal(
    path,
    '/open-apis/things/v1/things?user_ids=a+b&user_ids=c%26d&flag=true&off=false&size=50',
  );
});

test('a POST always has a JSON body, and a GET has none', () => {
  const post = endpoint({ method: 'POST' });
  assert.equal(requestOf(post, {}).body, '{}');
  assert.equal(requestOf(post, { body: { ids: ['a'] } }).body, '{"ids":["a"]}');
  assert.equal(requestOf(endpoint(), { body: { ids: ['a'] } }).body, undefined);
});

test('the page token goes in the query, for POST too', () => {
  const { path, body } = requestOf(endpoint({ method: 'POST' }), {
    query: { page_token: 'x=y' },
    body: { filter: null },
  });
  assert.equal(path, '/open-apis/things/v1/things?page_token=x%3Dy');
  assert.equal(body, '{"filter":null}');
});
