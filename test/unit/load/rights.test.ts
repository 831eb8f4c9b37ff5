import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptiedBy } from '../../../src/load/rights.ts';
import { everyStream } from '../../../src/modules/everything.ts';

test('rows are deleted only where they are replaced with their owner, and from notes', () => {
  const data = emptiedBy(everyStream).filter((name) => !name.startsWith('sync_'));
  assert.deepEqual(data, [
    'approval_instance_payloads',
    'approval_fields',
    'approval_tasks',
    'approval_timeline',
    'approval_comments',
    'approval_follows',
  ]);
  assert.deepEqual(emptiedBy([]), emptiedBy(everyStream.slice(0, 1)));
});
