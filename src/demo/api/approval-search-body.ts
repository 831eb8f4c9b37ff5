/** Checks what the two approval searches have in common in their bodies. */
import type { JsonObject } from '../json.ts';
import { badParam, millis } from './approval-query.ts';

const LONGEST_RANGE = 30 * 24 * 3600_000;
const CODES = [
  'user_id',
  'approval_code',
  'instance_code',
  'instance_external_id',
  'group_external_id',
];
const LOCALES = ['zh-CN', 'en-US', 'ja-JP'];

/** A checked search; bounds are epoch ms of the instance's or the task's start, both inclusive. */
export interface Search {
  readonly by: 'instance' | 'task';
  readonly userId: string | undefined;
  readonly approvalCode: string | undefined;
  readonly instanceCode: string | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Reads a search body; throws 1390001 when it breaks the endpoint's rules. */
export function readSearch(body: JsonObject, by: 'instance' | 'task'): Search {
  const text = (name: string): string | undefined => textOf(body, name);
  if (CODES.every((name) => text(name) === undefined)) {
    throw badParam('body', `one of ${CODES.join(', ')} is required`);
  }
  const locale = text('locale');
  if (locale !== undefined && !LOCALES.includes(locale))
    throw badParam('locale', LOCALES.join(','));
  return {
    by,
    userId: text('user_id'),
    approvalCode: text('approval_code'),
    instanceCode: text('instance_code'),
    ...range(body, `${by}_start_time`),
  };
}

function range(
  body: JsonObject,
  name: string,
): { from: number | undefined; to: number | undefined } {
  const [start, end] = [textOf(body, `${name}_from`), textOf(body, `${name}_to`)];
  if (start === undefined && end === undefined) return { from: undefined, to: undefined };
  if (start === undefined || end === undefined) throw badParam(name, 'give both bounds or none');
  const [from, to] = [millis(`${name}_from`, start), millis(`${name}_to`, end)];
  if (to < from || to - from > LONGEST_RANGE)
    throw badParam(name, 'the span is longer than 30 days');
  return { from, to };
}

function textOf(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw badParam(name, 'must be a string');
  return value;
}
