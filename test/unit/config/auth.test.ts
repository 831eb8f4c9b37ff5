import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaints, problemsIn, readSource, sample } from './sample.ts';

const app = { app_id: 'cli_a', app_secret: 'aa' };
const store = { mode: 'store_app', ...app, tenant_key: 'tt' };

test('a custom app has an id and a secret', () => {
  assert.deepEqual(readSource({ auth: { mode: 'custom_app', ...app } }).auth, {
    mode: 'custom_app',
    appId: 'cli_a',
    appSecret: 'aa',
  });
});

test('an app id need not look like one, but has no blanks', () => {
  assert.deepEqual(complaints({ auth: { mode: 'custom_app', app_id: 'x', app_secret: 'a' } }), []);
  for (const id of ['', 'cli a', 'cli_a ']) {
    const auth = { mode: 'custom_app', app_id: id, app_secret: 'a' };
    assert.deepEqual(complaints({ auth }), ['auth.app_id: must be an app id, without blanks']);
  }
});

test('a custom app without id and secret is told of both', () => {
  assert.deepEqual(complaints({ auth: { mode: 'custom_app' } }), [
    'auth.app_id: is required',
    'auth.app_secret: is required',
  ]);
});

test('a custom app has no use for a tenant key', () => {
  assert.deepEqual(complaints({ auth: { mode: 'custom_app', ...app, tenant_key: 't' } }), [
    'auth.tenant_key: is not a known key',
  ]);
});

test('a secret that is empty, blank, cut off by a line end or a number is refused unseen', () => {
  const messages = ['', ' ', 'hidden\n', 12345].map((secret) => {
    const auth = { mode: 'custom_app', app_id: 'a', app_secret: secret };
    const found = complaints({ auth });
    assert.equal(found.length, 1);
    return found[0] ?? '';
  });
  assert.match(messages[0] ?? '', /must not be empty/);
  assert.match(messages[1] ?? '', /blank/);
  assert.match(messages[2] ?? '', /blank/);
  assert.match(messages[3] ?? '', /quote it/);
  assert.doesNotMatch(messages.join(), /hidden|12345/);
});

test('an unknown mode gets the one that was meant, a missing one the accepted ones', () => {
  const [unknown] = problemsIn(sample({ auth: { mode: 'custom-app', ...app } }));
  assert.deepEqual(unknown, {
    path: 'sources.acme.auth.mode',
    message: 'is not an accepted value',
    suggestion: 'did you mean custom_app?',
  });
  const [missing] = problemsIn(sample({ auth: app }));
  assert.deepEqual(missing, {
    path: 'sources.acme.auth.mode',
    message: 'is required',
    suggestion: 'accepted: custom_app, store_app',
  });
});

test('a store app starts from a ticket', () => {
  assert.deepEqual(readSource({ auth: { ...store, app_ticket: 'kk' } }).auth, {
    mode: 'store_app',
    grant: 'app_ticket',
    appId: 'cli_a',
    appSecret: 'aa',
    tenantKey: 'tt',
    appTicket: 'kk',
  });
});

test('a store app with an app token needs no secret', () => {
  const auth = { mode: 'store_app', app_id: 'cli_a', tenant_key: 'tt', app_access_token: 'ap' };
  assert.deepEqual(readSource({ auth }).auth, {
    mode: 'store_app',
    grant: 'app_access_token',
    appId: 'cli_a',
    tenantKey: 'tt',
    appAccessToken: 'ap',
  });
});

test('a store app with a tenant token needs nothing else and keeps what it is given', () => {
  assert.deepEqual(readSource({ auth: { mode: 'store_app', tenant_access_token: 'te' } }).auth, {
    mode: 'store_app',
    grant: 'tenant_access_token',
    tenantAccessToken: 'te',
  });
  assert.deepEqual(readSource({ auth: { ...store, tenant_access_token: 'te' } }).auth, {
    mode: 'store_app',
    grant: 'tenant_access_token',
    appId: 'cli_a',
    appSecret: 'aa',
    tenantKey: 'tt',
    tenantAccessToken: 'te',
  });
});

test('a store app without a ticket or token is told what is missing and pointed to custom_app', () => {
  const [complete] = complaints({ auth: store });
  assert.match(
    complete ?? '',
    /^auth: is missing one of app_ticket, app_access_token, tenant_access_token; .*`mode: custom_app`/,
  );
  const [bare] = complaints({ auth: { mode: 'store_app' } });
  assert.match(bare ?? '', /tenant_access_token, and app_id, app_secret, tenant_key; /);
});

test('what a ticket or an app token needs beside it is asked for key by key', () => {
  assert.deepEqual(complaints({ auth: { mode: 'store_app', app_ticket: 'k' } }), [
    'auth.app_id: is required beside app_ticket',
    'auth.app_secret: is required beside app_ticket',
    'auth.tenant_key: is required beside app_ticket',
  ]);
  assert.deepEqual(complaints({ auth: { mode: 'store_app', app_access_token: 'k' } }), [
    'auth.app_id: is required beside app_access_token',
    'auth.tenant_key: is required beside app_access_token',
  ]);
});

test('a store app has only one of ticket and tokens', () => {
  assert.deepEqual(complaints({ auth: { ...store, app_ticket: 'k', tenant_access_token: 'x' } }), [
    'auth: must have only one of app_ticket, tenant_access_token',
  ]);
});

test('a misspelt key does not hide that the ticket is missing', () => {
  const found = complaints({ auth: { ...store, app_tiket: 'k' } });
  assert.equal(found.length, 2);
});
