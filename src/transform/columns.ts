// How a column's value is read from an item: one reader per Postgres type and spelling of Lark's.

import {
  isRawNumber,
  type Json,
  type JsonObject,
  JsonText,
  parseJson,
  stringifyJson,
} from '../json.ts';
import type { Column, PgType, PgValue, RowValue } from '../stream.ts';

/** Reads one value; undefined when there is one that the type cannot hold. Null and absent never get here. */
type Reader = (value: Json) => RowValue | undefined;

/** Text as given; numbers and booleans as their text, lists and objects as JSON. */
export function text(field?: string): Column {
  return column('text', field, asText);
}

export function bool(field?: string): Column {
  return column('boolean', field, (value) => {
    if (value === true || value === 'true' || value === 1) return 't';
    if (value === false || value === 'false' || value === 0) return 'f';
    return value === '' ? null : undefined;
  });
}

/** A 32-bit integer. */
export function int(field?: string): Column {
  return column('integer', field, (value) => {
    const read = asNumber(value);
    if (read === null || read === undefined) return read;
    const number = Number(read);
    return Number.isInteger(number) && Math.abs(number) <= 2_147_483_647
      ? String(number)
      : undefined;
  });
}

/** A 64-bit integer. */
export function bigint(field?: string): Column {
  return column('bigint', field, (value) => {
    const read = asNumber(value);
    return read === null || read === undefined || /^-?\d{1,18}$/.test(read) ? read : undefined;
  });
}

/** A number of any size with every digit. */
export function numeric(field?: string): Column {
  return column('numeric', field, asNumber);
}

/** Epoch milliseconds, a number or its text; Lark's 0 and "0" mean no time. */
export function epochMs(field?: string): Column {
  return column('timestamptz', field, (value) => asTime(value, 1));
}

/** Epoch seconds, a number or its text; Lark's 0 and "0" mean no time. */
export function epochSeconds(field?: string): Column {
  return column('timestamptz', field, (value) => asTime(value, 1000));
}

/** An ISO 8601 text with a zone. */
export function isoTime(field?: string): Column {
  return column('timestamptz', field, (value) =>
    typeof value === 'string' ? isoOf(Date.parse(value)) : undefined,
  );
}

/**
 * Any JSON, with every digit. JSON null is SQL null. Keys are ordered, so that what is rebuilt from a stored payload has
 * the hash that the answer had; what nobody looks into stays as it came.
 */
export function json(field?: string): Column {
  return column('jsonb', field, (value) =>
    value instanceof JsonText ? value : stringifyJson(value),
  );
}

/** Any JSON with its keys as they came: for what is never rebuilt. */
export function unorderedJson(field?: string): Column {
  return column('jsonb', field, (value) =>
    value instanceof JsonText ? value : JSON.stringify(value),
  );
}

/** JSON that Lark sends as text inside JSON, e.g. the `ext` of a timeline entry. Text that is no JSON stays a JSON string. */
export function jsonText(field?: string): Column {
  return column('jsonb', field, (value) => {
    const read = typeof value === 'string' ? parsed(value) : value;
    return read === null ? null : stringifyJson(read);
  });
}

/** A column that is compared by another form of its value than the one that is stored, where it has one. */
export function comparedBy(
  stored: Column,
  form: (item: JsonObject) => RowValue | undefined,
): Column {
  return { type: stored.type, read: stored.read, compared: form };
}

/** A column that says something of a person that is not for everybody who may see the row. */
export function personal(column: Column): Column {
  return { ...column, personal: true };
}

/** A personal column in which what the others of its row, or all of its record, say stands, too. */
export function raw(column: Column, holds: 'row' | 'record'): Column {
  return { ...column, personal: true, holds };
}

/** A column that a stream or a scope reads again. */
export function needed(column: Column): Column {
  return { ...column, needed: true };
}

/** What JSON text within JSON says; null when empty, the text itself when it is no JSON. */
export function parsed(value: string): Json {
  if (value.trim() === '') return null;
  try {
    return parseJson(value);
  } catch {
    return value;
  }
}

function column(type: PgType, field: string | undefined, read: Reader): Column {
  return {
    type,
    read(item, name) {
      const value = item[field ?? name];
      return value === undefined || value === null ? null : read(value);
    },
  };
}

function asText(value: Json): PgValue {
  if (typeof value === 'string') return value;
  return isRawNumber(value) ? value.rawJSON : JSON.stringify(value);
}

/** Of a number that Postgres can hold, whatever its exponent. */
const mostDigits = 15_000;
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

function asNumber(value: Json): PgValue | undefined {
  if (typeof value === 'number') return String(value);
  if (isRawNumber(value)) return decimalOf(value.rawJSON);
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  return trimmed === '' ? null : decimalOf(trimmed);
}

function decimalOf(text: string): string | undefined {
  return text.length <= mostDigits && decimal.test(text) ? text : undefined;
}

function asTime(value: Json, unitMs: number): PgValue | undefined {
  const read = typeof value === 'number' ? value : asNumber(value);
  if (read === null || read === undefined) return read;
  const number = Number(read);
  return number === 0 ? null : isoOf(Math.round(number * unitMs));
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
const minutesADay = 1440;
/** Days that were met, as texts. */
const days = new Map<number, string>();
const minutes = textsOf(minutesADay, (minute) => {
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}:`;
});
const seconds = textsOf(60, twoDigits);
const fractions = textsOf(1000, (ms) => `.${String(ms).padStart(3, '0')}Z`);

function textsOf(count: number, textOf: (number: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, number) => textOf(number));
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** The time as ISO text; undefined outside the years 1 to 9999, which no clock of Lark's means. */
export function isoOf(ms: number): string | undefined {
  if (!(ms >= -62_135_596_800_000 && ms < 253_402_300_800_000)) return undefined;
  const day = Math.floor(ms / dayMs);
  const rest = Math.floor(ms - day * dayMs);
  const ofMinute = rest % minuteMs;
  const minute = minutes[Math.floor(rest / minuteMs)];
  return `${dayOf(day)}${minute}${seconds[Math.floor(ofMinute / 1000)]}${fractions[ofMinute % 1000]}`;
}

function dayOf(day: number): string {
  const known = days.get(day);
  if (known !== undefined) return known;
  if (days.size > 10_000) days.clear();
  const text = new Date(day * dayMs).toISOString().slice(0, 11);
  days.set(day, text);
  return text;
}
