// What the operator is told when Postgres or the way to it fails.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  action,
  describe,
  InvariantError,
  SchemaError,
  TransientError,
  WarehouseError,
} from '../../../src/errors.ts';
import { isBroken, translated } from '../../../src/load/failure.ts';

const address = { place: 'db.example:5432', user: 'loader', database: 'lake' };

function failure(code: string, message = 'it failed', more: object = {}): Error {
  return Object.assign(new Error(message), { code, ...more });
}

const told = (error: unknown): string => describe(translated(error, address));

const cases: readonly (readonly [string, Error, RegExp])[] = [
  [
    'a refused connection names host and port',
    failure('ECONNREFUSED'),
    /db\.example:5432 cannot be reached \(ECONNREFUSED\).*warehouse\.url/,
  ],
  [
    'an unknown host does too',
    failure('ENOTFOUND'),
    /db\.example:5432 cannot be reached \(ENOTFOUND\)/,
  ],
  [
    'a wrong password names the role',
    failure('28P01'),
    /refuses the role loader or its password.*warehouse\.url/,
  ],
  [
    'a missing database gives the statement',
    failure('3D000'),
    /no database lake.*create database "lake"/,
  ],
  ['a full disk says so', failure('53100'), /disk .* is full.*run again/],
  ['a standby is told apart', failure('25006'), /accepts no writes.*primary/],
  [
    'what views depend on says how to go on',
    failure('2BP01', 'cannot drop table t because other objects depend on it'),
    /keeps what others depend on: cannot drop table t.*larkhouse views/,
  ],
  [
    'a missing table asks for the migrations',
    failure('42P01', 'relation "x" does not exist'),
    /relation "x".*larkhouse migrate up/,
  ],
  [
    'an unverified certificate names the way out',
    failure('SELF_SIGNED_CERT_IN_CHAIN'),
    /no verified TLS.*sslrootcert/,
  ],
  [
    'a server without TLS names the way out',
    new Error('The server does not support SSL connections'),
    /no verified TLS.*sslmode=disable/,
  ],
  [
    'a missing right on a table gives the grant',
    failure('42501', 'permission denied for table x y'),
    /grant select, insert, update, delete on table "x y" to "loader"/,
  ],
  [
    'a missing right on a schema gives the grant',
    failure('42501', 'permission denied for schema lark'),
    /grant usage, create on schema "lark" to "loader"/,
  ],
  [
    'a missing right on the database gives the grant',
    failure('42501', 'permission denied for database lake'),
    /grant create, temporary on database "lake" to "loader"/,
  ],
];

for (const [name, error, expected] of cases) {
  test(name, () => {
    assert.ok(
      translated(error, address) instanceof WarehouseError ||
        translated(error, address) instanceof SchemaError,
    );
    assert.match(told(error), expected);
  });
}

test('a refused value is not repeated, neither in the message nor behind it', () => {
  const error = failure('22P02', 'invalid input syntax for type integer: "secret"', {
    detail: 'secret',
    where: 'secret',
  });
  const shown = translated(error, address);
  assert.ok(shown instanceof WarehouseError);
  assert.doesNotMatch(
    JSON.stringify([told(error), shown.cause ?? null, Object.entries(shown)]),
    /secret/,
  );
});

test('a statement that is wrong is a bug of ours', () => {
  assert.ok(translated(failure('42601', 'syntax error'), address) instanceof InvariantError);
});

test('what is not of the warehouse passes through as it is', () => {
  for (const error of [new TypeError('no'), new TransientError('later')]) {
    assert.equal(translated(error, address), error);
  }
});

test('what Postgres or a pooler gives as the reason of a lost connection is told', () => {
  assert.match(
    told(failure('57P03', 'the database system is shutting down')),
    /cannot be reached \(the database system is shutting down\)/,
  );
  assert.match(
    told(failure('08P01', 'query_wait_timeout')),
    /cannot be reached \(query_wait_timeout\)/,
  );
});

test('what others block, or end, stops one stream only', () => {
  for (const code of ['55P03', '40P01', '40001', '57014']) {
    assert.equal(action(translated(failure(code), address)), 'stop-stream', code);
  }
});

test('lost connections are told apart from refused statements', () => {
  for (const code of ['08006', '57P01', '57P03', '25P03', 'ECONNRESET', 'EPIPE'])
    assert.ok(isBroken(failure(code)), code);
  for (const message of ['Connection terminated unexpectedly', 'timeout expired'])
    assert.ok(isBroken(new Error(message)), message);
  for (const code of ['40P01', '23505', '57014', '22P02'])
    assert.ok(!isBroken(failure(code)), code);
});
