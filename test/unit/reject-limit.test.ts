import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RejectsError } from '../../src/errors.ts';
import { requireFewRejects } from '../../src/reject-limit.ts';

const counts = (records: number, rejected: number) => ({
  records,
  rejected,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
});

test('ten rejected records are borne, however few were read', () => {
  requireFewRejects(counts(10, 10));
  assert.throws(() => requireFewRejects(counts(11, 11)), RejectsError);
});

test('one in a hundred is borne, and more are not', () => {
  requireFewRejects(counts(5000, 50));
  assert.throws(() => requireFewRejects(counts(5000, 51)), /51 of 5000 records were rejected/);
});
