import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesIn } from '../../../../src/cli/init/approval.ts';

test('codes are taken from addresses, lists and lines, each once', () => {
  const code = '7C468A54-8745-2245-9675-08B7C63E7A85';
  const page = `https://www.feishu.cn/approval/admin/edit?definitionCode=${code}&step=2#x`;
  assert.deepEqual(codesIn(` ${page}, B-2;C-3\n${code}`), [code, 'B-2', 'C-3']);
  assert.deepEqual(codesIn('  '), []);
});
