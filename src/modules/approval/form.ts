// The form of an instance is JSON inside JSON. It is parsed once, for all tables that are made of it.

import { isArray, type Json, type JsonObject } from '../../json.ts';
import { parsed } from '../../transform/columns.ts';

interface Form {
  readonly instance: JsonObject;
  readonly says: Json;
}

/**
 * The one that was asked for last: the rows of an instance are made in one go. A map with weak keys would keep the
 * forms of all instances until the old generation is collected.
 */
let latest: Form | undefined;

/** What the form of an instance says; null when it has none, the text itself when it is no JSON. */
export function formOf(instance: JsonObject): Json {
  if (latest?.instance !== instance) latest = { instance, says: read(instance) };
  return latest.says;
}

function read({ form = null }: JsonObject): Json {
  return typeof form === 'string' ? parsed(form) : form;
}

/** Lark leaves the value of an unfilled widget out, or sends an empty text or list: all mean none. */
export function isFilled(value: Json): boolean {
  return value !== null && value !== '' && !(isArray(value) && value.length === 0);
}
