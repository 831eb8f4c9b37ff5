import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noTenant } from '../../../../src/cli/sync/no-tenant.ts';
import { InvariantError } from '../../../../src/errors.ts';
import { getApp } from '../../../../src/modules/base/endpoints.ts';

test('whatever is asked of no tenant is a bug of who asks', async () => {
  const lark = noTenant();
  await assert.rejects(() => lark.call(getApp), InvariantError);
  await assert.rejects(() => lark.now(), InvariantError);
  assert.throws(() => lark.pages(getApp), InvariantError);
});
