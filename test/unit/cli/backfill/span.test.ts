import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spanOf } from '../../../../src/cli/backfill/span.ts';
import { UsageError } from '../../../../src/cli/outcome.ts';

function iso(from: string, to: string): readonly string[] {
  const span = spanOf({ from, to });
  return [span.from, span.to].map((ms) => new Date(ms).toISOString());
}

test('days last from where they begin first on earth to where they end last', () => {
  assert.deepEqual(iso('2026-03-01', '2026-03-01'), [
    '2026-02-28T10:00:00.000Z',
    '2026-03-02T12:00:00.000Z',
  ]);
  assert.deepEqual(iso('2024-02-29', '2026-12-31'), [
    '2024-02-28T10:00:00.000Z',
    '2027-01-01T12:00:00.000Z',
  ]);
});

test('instants are taken as they are, to the whole seconds around them', () => {
  assert.deepEqual(iso('2026-03-01T08:00:00.9+08:00', '2026-03-01T01:00:00.1Z'), [
    '2026-03-01T00:00:00.000Z',
    '2026-03-01T01:00:01.000Z',
  ]);
  assert.deepEqual(iso('2026-03-01t08:00:00z', '2026-03-01 09:00:00-01:00'), [
    '2026-03-01T08:00:00.000Z',
    '2026-03-01T10:00:00.000Z',
  ]);
});

for (const text of ['2026-02-30', '2026-13-01', '2026-3-1', '20260301', 'yesterday', '']) {
  test(`"${text}" is no day`, () => {
    assert.throws(() => spanOf({ from: text, to: '2026-03-01' }), UsageError);
    assert.throws(
      () => spanOf({ from: '2026-01-01', to: text }),
      /^UsageError: --to must be a day/,
    );
  });
}

for (const text of ['2026-02-30T00:00:00Z', '2026-03-01T24:00:00Z', '2026-03-01T00:00:00']) {
  test(`"${text}" is no instant`, () => {
    assert.throws(() => spanOf({ from: text, to: '2026-03-05' }), UsageError);
  });
}

test('a span that ends before it begins is refused', () => {
  assert.throws(() => spanOf({ from: '2026-03-05', to: '2026-03-01' }), /is not before --to/);
  const at = '2026-03-01T00:00:00Z';
  assert.throws(() => spanOf({ from: at, to: at }), UsageError);
});
