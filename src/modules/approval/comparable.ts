// Pre-signed URLs of attachments change at every reading, so they do not count when rows are compared.

import { isArray, isObject, type Json, type JsonObject, objectsOf } from '../../json.ts';
import { parsed } from '../../transform/columns.ts';

const attachmentTypes = new Set(['attachment', 'attachmentV2', 'image', 'imageV2']);
/** The text of a form without it has no attachment. */
const perhapsAttachment = /attachment|image|\\u/;

/** The instance with all that Lark changes at every reading left out; undefined when there is nothing of the kind. */
export function comparableInstance(instance: JsonObject): Json | undefined {
  const { form, timeline, comment_list } = instance;
  const hasAttachment = typeof form !== 'string' || perhapsAttachment.test(form);
  if (!hasAttachment && !hasFiles(timeline) && !hasFiles(comment_list)) return undefined;
  return {
    ...instance,
    form: formOf(form),
    timeline: withComparableFiles(timeline),
    comment_list: withComparableFiles(comment_list),
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

function hasFiles(entries: Json | undefined): boolean {
  return objectsOf(entries).some(({ files }) => comparableFiles(files) !== undefined);
}

/** Files without their URLs; undefined when there are none. */
export function comparableFiles(files: Json | undefined): Json | undefined {
  if (!isArray(files) || files.length === 0) return undefined;
  return files.map((file) => (isObject(file) ? { ...file, url: null } : file));
}

function withComparableFiles(entries: Json | undefined): Json {
  return isArray(entries) ? entries.map(withoutUrls) : (entries ?? null);
}

function withoutUrls(entry: Json): Json {
  const files = isObject(entry) ? comparableFiles(entry['files']) : undefined;
  return isObject(entry) && files !== undefined ? { ...entry, files } : entry;
}

function urlCount(value: Json | undefined): number {
  return isArray(value) ? value.length : 0;
}

function mapped(object: JsonObject, form: (value: Json) => Json): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, value === undefined ? null : form(value)]),
  );
}
