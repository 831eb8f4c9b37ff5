import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../../src/cli/check/check.ts';
import { scopesAddress } from '../../../../src/cli/check/console.ts';
import { missingScopesText } from '../../../../src/cli/check/missing.ts';
import { findingText } from '../../../../src/cli/check/text.ts';

const app = { platform: 'feishu', appId: 'cli_1' } as const;
const lacking = (add: string): Finding => ({
  check: add,
  status: 'failed',
  detail: 'the app lacks a scope '.repeat(8).trim(),
  add,
});

test('the page that adds scopes is that of the app on its platform', () => {
  const scopes = ['a:b:readonly', 'c:d'];
  const page = 'https://open.feishu.cn/app/cli_1/auth?q=a:b:readonly,c:d';
  assert.equal(scopesAddress(app, scopes), page);
  const lark = { platform: 'lark', appId: 'cli/?x' } as const;
  assert.equal(
    scopesAddress(lark, ['a:b']),
    'https://open.larksuite.com/app/cli%2F%3Fx/auth?q=a:b',
  );
  assert.equal(scopesAddress({ platform: 'lark' }, scopes), 'https://open.larksuite.com/app');
});

test('missing scopes are told once each, a line each, with one page for all', () => {
  const twice = ['attendance:task:readonly', 'bitable:app:readonly', 'attendance:task:readonly'];
  const lines = missingScopesText(twice.map(lacking), app, 'the app').split('\n');
  assert.deepEqual(lines.slice(1, 4), [
    '  attendance:task:readonly  No punches are read.',
    '  bitable:app:readonly      Nothing of Base is read.',
    'Add them at https://open.feishu.cn/app/cli_1/auth?q=attendance:task:readonly,bitable:app:readonly',
  ]);
  assert.match(lines.at(-1) ?? '', /publish a version/);
  assert.equal(missingScopesText([], app, 'the app'), '');
});

test('a finding has a line of its own where it fits, and lines of the width below where not', () => {
  const look = { width: 40, isColored: false };
  const fine: Finding = { check: 'contact range', status: 'ok', detail: 'all staff' };
  assert.equal(findingText(fine, 'acme', look), 'ok      acme: contact range (all staff)');
  assert.equal(
    findingText({ ...fine, detail: 'all staff of this tenant' }, 'acme', look),
    'ok      acme: contact range\n        all staff of this tenant',
  );
  const lines = findingText(lacking('x:y'), null, look).split('\n');
  assert.equal(lines[0], 'FAILED  x:y');
  assert.ok(lines.length > 4 && lines.every((line) => line.length <= 40), lines.join('\n'));
});

test('what a tenant is called cannot steer the terminal', () => {
  const finding: Finding = { check: 'Base \u001b[2J', status: 'ok', detail: '\u202eevil\u0007' };
  const text = findingText(finding, null, { width: undefined, isColored: false });
  assert.equal(text, 'ok      Base \ufffd[2J (\ufffdevil\ufffd)');
});
