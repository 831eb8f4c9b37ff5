// What a person reads in a widget: its text, and its number or time where it has one.

import { isArray, isObject, isRawNumber, type Json, type JsonObject } from '../../json.ts';
import { isAttachment } from './comparable.ts';

export interface Readable extends JsonObject {
  readonly value_text: Json;
  readonly value_number: Json;
  readonly value_time: Json;
}

const numbers = new Set(['number', 'amount', 'formula']);

export function readable(widget: JsonObject, value: Json): Readable {
  const type = widget['type'];
  return {
    value_text: textOf(widget, value),
    value_number: typeof type === 'string' && numbers.has(type) ? value : null,
    value_time: timeOf(type, value),
  };
}

function timeOf(type: Json | undefined, value: Json): Json {
  if (type === 'date') return value;
  return type === 'dateInterval' && isObject(value) ? (value['start'] ?? null) : null;
}

function textOf(widget: JsonObject, value: Json): Json {
  if (widget['type'] === 'fieldList') return null;
  if (isAttachment(widget) && typeof widget['ext'] === 'string') return widget['ext'];
  const option = optionText(widget['option']);
  return option ?? plainText(value);
}

/** The texts of the chosen options, where the value holds ids of an external list. */
function optionText(option: Json | undefined): string | null {
  const chosen = isArray(option) ? option : [option];
  const texts = chosen.map((entry) => (isObject(entry) ? entry['text'] : undefined));
  return texts.length > 0 && texts.every((text) => typeof text === 'string' && text !== '')
    ? texts.join(', ')
    : null;
}

function plainText(value: Json): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isRawNumber(value)) return value.rawJSON;
  if (isArray(value)) return value.map((member) => plainText(member) ?? '').join(', ');
  return isObject(value) ? objectText(value) : null;
}

function objectText(value: JsonObject): string {
  const { start, end, country_code: country, national_number: national } = value;
  if (typeof national === 'string') return [country, national].filter(Boolean).join(' ');
  for (const field of ['name', 'title', 'text', 'open_id', 'url'] as const) {
    const named = value[field];
    if (typeof named === 'string' && start === undefined) return named;
  }
  if (typeof start === 'string' && typeof end === 'string' && Object.keys(value).length <= 3) {
    return `${start}/${end}`;
  }
  return JSON.stringify(value);
}
