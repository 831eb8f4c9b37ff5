// The form of an instance is JSON inside JSON. It is parsed once, for all tables that are made of it.

import { isArray, type Json, type JsonObject } from '../../json.ts';
import { parsed } from '../../transform/columns.ts';

const forms = new WeakMap<JsonObject, Json>();

/** What the form of an instance says; null when it has none, the text itself when it is no JSON. */
export function formOf(instance: JsonObject): Json {
  const known = forms.get(instance);
  if (known !== undefined) return known;
  const { form = null } = instance;
  const read = typeof form === 'string' ? parsed(form) : form;
  forms.set(instance, read);
  return read;
}

/** Lark leaves the value of an unfilled widget out, or sends an empty text or list: all mean none. */
export function isFilled(value: Json): boolean {
  return value !== null && value !== '' && !(isArray(value) && value.length === 0);
}
