import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { permissions, recommended } from '../../../../src/cli/check/permissions.ts';
import * as approval from '../../../../src/modules/approval/endpoints.ts';
import * as attendance from '../../../../src/modules/attendance/endpoints.ts';
import * as base from '../../../../src/modules/base/endpoints.ts';
import * as contact from '../../../../src/modules/contact/endpoints.ts';

test('docs/setup.md has each permission in a row with its module, and no other', async () => {
  const text = await readFile(new URL('../../../../docs/setup.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `([\w.:]+)` +\| (\w+) +\|/gm)];
  assert.deepEqual(
    rows.map(([, scope, module]) => [scope, module?.toLowerCase()]),
    permissions.map(({ scope, module }) => [scope, module]),
  );
});

test('every endpoint can be called with a permission of the list, which is what is recommended', () => {
  const known = new Set(permissions.map(({ scope }) => scope));
  for (const endpoints of [approval, attendance, base, contact]) {
    for (const { name, scopes } of Object.values(endpoints)) {
      assert.ok(known.has(recommended(scopes) ?? ''), name);
    }
  }
});

test('of unknown scopes the first is recommended, and of none nothing', () => {
  assert.equal(recommended(['new:thing:readonly', 'new:thing']), 'new:thing:readonly');
  assert.equal(recommended([]), undefined);
});

test('what is missing without a permission fits beside it in 80 columns', () => {
  for (const { scope, without } of permissions) {
    assert.ok(without.length <= 40 && without.endsWith('.'), scope);
  }
});
