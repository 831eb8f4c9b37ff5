import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TransientError } from '../../../../src/errors.ts';
import { listInstances } from '../../../../src/modules/approval/endpoints.ts';
import { instances } from '../../../../src/modules/approval/instances.ts';
import type { Read } from '../../../../src/stream.ts';
import { PlayedLark, planWith } from '../played-lark.ts';

const now = Date.UTC(2026, 0, 31);

/** Reads so many instances; the detail of the last is not to be had when it fails. */
function reading(count: number, fails: boolean): Read {
  const codes = Array.from({ length: count }, (_, place) => `I${place}`);
  const lark = new PlayedLark((endpoint, { params = {} }) => {
    if (endpoint === listInstances.name) return { instance_code_list: codes, has_more: false };
    if (fails && params['instance_id'] === codes.at(-1)) throw new TransientError('cut');
    return { status: 'PENDING' };
  });
  return { ...planWith(lark), full: true, partition: { key: 'A' }, from: undefined };
}

/** How many records each page has. */
async function sizesOf(read: Read, sizes: number[] = []): Promise<readonly number[]> {
  const { past } = instances({ approvalCodes: ['A'], lookbackDays: 30, locale: 'zh-CN' });
  assert.ok(past);
  for await (const { records } of past(read, { from: now - 1, to: now }))
    sizes.push(records.length);
  return sizes;
}

test('instances come several to a page, the last ones too', async () => {
  assert.deepEqual(await sizesOf(reading(23, false)), [10, 10, 3, 0]);
});

test('what was read before a failure is given before it', async () => {
  const sizes: number[] = [];
  await assert.rejects(sizesOf(reading(23, true), sizes), /cut/);
  assert.deepEqual(sizes, [10, 10, 2]);
});
