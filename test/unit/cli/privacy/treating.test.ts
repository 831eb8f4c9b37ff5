import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedHash, treating } from '../../../../src/cli/privacy/treating.ts';
import { everyStream } from '../../../../src/modules/everything.ts';
import { typesOf, valuesOf } from '../../../../src/row.ts';
import { rowsOf } from '../../../../src/transform/rows.ts';
import { newToll } from '../../../../src/transform/toll.ts';

test('the hash is HMAC-SHA256 of the text in UTF-8, in hex', () => {
  // Test case 2 of RFC 4231.
  assert.equal(
    keyedHash('Jefe', 'what do ya want for nothing?'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});

test('equal values of different columns have equal hashes', () => {
  const hashKey = 'k'.repeat(32);
  const columns = { 'contact_users.email': 'hash', 'contact_users.mobile': 'hash' } as const;
  const users = everyStream.find(({ name }) => name === 'contact.users');
  assert.ok(users !== undefined);
  const user = { open_id: 'o', email: 'same', mobile: 'same' };
  const [row] = rowsOf(treating({ hashKey, columns })(users), { user }, newToll()).rows[0] ?? [];
  assert.ok(row !== undefined);
  const hash = keyedHash(hashKey, 'same');
  const values = valuesOf(typesOf(users.tables[0]), row);
  assert.equal(values.filter((value) => value === hash).length, 2);
});
