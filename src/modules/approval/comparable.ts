// Pre-signed URLs of attachments change at every reading, so they do not count when rows are compared.

import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import { parsed } from '../../transform/columns.ts';

const attachmentTypes = new Set(['attachment', 'attachmentV2', 'image', 'imageV2']);
/** The text of a form without it has no attachment. */
const perhapsAttachment = /attachment|image|\\u/;

/** The instance with all that Lark changes at every reading left out. */
export function comparableInstance(instance: JsonObject): Json {
  return {
    ...instance,
    form: formOf(instance['form']),
    timeline: withComparableFiles(instance['timeline']),
    comment_list: withComparableFiles(instance['comment_list']),
  };
}

/** Taken apart only where a URL may be in it. */
function formOf(form: Json | undefined): Json {
  if (typeof form !== 'string') return null;
  return perhapsAttachment.test(form) ? comparableForm(parsed(form)) : form;
}

/** A form, widget or value with the URLs of attachment widgets replaced by their number. */
export function comparableForm(value: Json): Json {
  if (isArray(value)) return value.map(comparableForm);
  if (!isObject(value)) return value;
  if (isAttachment(value)) return { ...value, value: urlCount(value['value']) };
  return mapped(value, comparableForm);
}

export function isAttachment(widget: JsonObject): boolean {
  return typeof widget['type'] === 'string' && attachmentTypes.has(widget['type']);
}

/** Files without their URLs. */
export function comparableFiles(files: Json | undefined): Json {
  if (files === undefined) return null;
  if (!isArray(files)) return files;
  return files.map((file) => (isObject(file) ? { ...file, url: null } : file));
}

function withComparableFiles(entries: Json | undefined): Json {
  if (!isArray(entries)) return entries ?? null;
  return entries.map((entry) =>
    isObject(entry) ? { ...entry, files: comparableFiles(entry['files']) } : entry,
  );
}

function urlCount(value: Json | undefined): number {
  return isArray(value) ? value.length : 0;
}

function mapped(object: JsonObject, form: (value: Json) => Json): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, value === undefined ? null : form(value)]),
  );
}
