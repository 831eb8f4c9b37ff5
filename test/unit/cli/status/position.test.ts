import assert from 'node:assert/strict';
import { test } from 'node:test';
import { furthestBehind, positionOf } from '../../../../src/cli/status/position.ts';
import type { Cursor } from '../../../../src/stream.ts';

const noon = Date.UTC(2026, 10, 22, 12, 5);

function saysOf(cursor: Cursor | null): string {
  return positionOf({ partition: 'p', cursor, committed_at: null }).says;
}

test('cursors say in words how far they are', () => {
  const approval = { start: 1, to: noon, auditAt: 2, auditDay: '2026-11-22', tasksAt: noon + 1 };
  assert.equal(saysOf(approval), 'listed to 2026-11-22 12:05 UTC');
  assert.equal(saysOf({ read_to: noon }), 'read to 2026-11-22 12:05 UTC');
  assert.equal(
    saysOf({ revision: '12', views: '', gone: false, read_at: noon }),
    'read whole 2026-11-22 12:05 UTC',
  );
});

test('a partition that was cut off before its first end, or read short, is not read through', () => {
  for (const cursor of [null, {}, { revision: '', read_at: noon }, { read_at: 'x' }]) {
    assert.equal(saysOf(cursor), 'not read through yet');
  }
});

test('the partition that is furthest behind counts, and one that was never read most of all', () => {
  const at = (partition: string, read_at: number | undefined) =>
    positionOf({ partition, cursor: { read_at }, committed_at: null });
  const read = [at('new', noon), at('old', noon - 60_000), at('newer', noon + 60_000)];
  assert.equal(furthestBehind(read)?.partition, 'old');
  assert.equal(furthestBehind([...read, at('never', undefined)])?.partition, 'never');
  assert.equal(furthestBehind([]), undefined);
});
