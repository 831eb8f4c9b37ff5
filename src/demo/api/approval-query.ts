/** What the approval endpoints share: their refusals, their parameters, their locales. */
import type { Definition } from '../company/approval.ts';
import type { Call } from '../endpoint.ts';
import { isObject, type JsonObject } from '../json.ts';
import { type Query, readQuery } from '../query.ts';
import { Refusal } from '../refusal.ts';

/** Any of these reads instances. */
export const READ_INSTANCES: readonly string[] = [
  'approval:approval',
  'approval:approval:readonly',
  'approval:instance',
];

const LOCALES =
  'zh-CN en-US ja-JP zh-HK zh-TW de-DE es-ES fr-FR id-ID it-IT ko-KR pt-BR th-TH vi-VN ms-MY ru-RU';

/** 1390001 with the reason. */
export function badParam(parameter: string, why: string): Refusal {
  return new Refusal(400, 1390001, `param is invalid: ${parameter}, ${why}`);
}

export function approvalQuery(call: Call): Query {
  return readQuery(call.search, badParam);
}

/** The approval definition of `code`; refused when there is none or it was deleted. */
export function definitionOf(call: Call, code: string): Definition {
  const definition = call.company.definition(code, call.now);
  if (!definition) throw new Refusal(400, 1390002, 'approval code not found');
  return definition;
}

/** Epoch ms from text of digits. */
export function millis(name: string, value: unknown): number {
  if (typeof value !== 'string' || !/^\d{1,16}$/.test(value)) {
    throw badParam(name, 'must be a string of milliseconds');
  }
  return Number(value);
}

/** The request's body as an object; anything else is refused. */
export function bodyOf(call: Call): JsonObject {
  if (!isObject(call.body)) throw badParam('body', 'must be a JSON object');
  return call.body;
}

/** Translates a text of the definition into the request's `locale`. */
export function translator(
  query: Query,
  definition: Definition | undefined,
): (text: string) => string {
  const locale = query.oneOf('locale', LOCALES.split(' '), 'zh-CN');
  const words = definition?.translations[locale] ?? {};
  return (text) => (Object.hasOwn(words, text) ? (words[text] ?? text) : text);
}
