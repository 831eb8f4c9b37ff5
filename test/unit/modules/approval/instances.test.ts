import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TransientError } from '../../../../src/errors.ts';
import type { JsonObject } from '../../../../src/json.ts';
import { getInstance, listInstances } from '../../../../src/modules/approval/endpoints.ts';
import { instances } from '../../../../src/modules/approval/instances.ts';
import type { Read, Span } from '../../../../src/stream.ts';
import type { Call, Endpoint } from '../../../../src/tenant.ts';
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
async function sizesOf(
  read: Read,
  sizes: number[] = [],
  span: Span = { from: now - 1, to: now },
): Promise<readonly number[]> {
  const { past } = instances({ approvalCodes: ['A'], lookbackDays: 30, locale: 'zh-CN' });
  assert.ok(past);
  for await (const { records } of past(read, span)) sizes.push(records.length);
  return sizes;
}

test('instances come several to a page, the last ones too', async () => {
  assert.deepEqual(await sizesOf(reading(23, false)), [10, 10, 3]);
});

/** Counts how many instances are asked for at once. */
class Counting extends PlayedLark {
  #underWay = 0;
  mostInstances = 0;

  override async call(endpoint: Endpoint, call?: Call): Promise<JsonObject> {
    if (endpoint !== getInstance) return await super.call(endpoint, call);
    this.#underWay += 1;
    this.mostInstances = Math.max(this.mostInstances, this.#underWay);
    return await super.call(endpoint, call).finally(() => {
      this.#underWay -= 1;
    });
  }
}

test('an instance is asked for while that of the window before is on its way', async () => {
  const hours = 3_600_000;
  const lark = new Counting((endpoint, { query = {} }) =>
    endpoint === listInstances.name
      ? { instance_code_list: [`I${String(query['start_time'])}`], has_more: false }
      : { status: 'PENDING' },
  );
  const read = { ...planWith(lark), full: true, partition: { key: 'A' }, from: undefined };
  await sizesOf(read, [], { from: now - 200 * hours, to: now });
  assert.ok(lark.mostInstances > 2, `${lark.mostInstances} at once`);
});

test('what was read before a failure is given before it', async () => {
  const sizes: number[] = [];
  await assert.rejects(sizesOf(reading(23, true), sizes), /cut/);
  assert.deepEqual(sizes, [10, 10, 2]);
});
