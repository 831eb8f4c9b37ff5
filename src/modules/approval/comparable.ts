// Pre-signed URLs of attachments change at every reading, so they do not count when rows are compared.

import { isArray, isObject, type Json, type JsonObject, stringifyJson } from '../../json.ts';
import { formOf, isFilled } from './form.ts';

const attachmentTypes = new Set(['attachment', 'attachmentV2', 'image', 'imageV2']);

/** The instance without all that Lark changes at every reading; undefined when there is nothing of the kind. */
export function comparableInstance(instance: JsonObject): string | undefined {
  const { timeline, comment_list } = instance;
  const form = formOf(instance);
  const counted = withFilesCounted(form);
  if (counted === form && !haveFiles(timeline) && !haveFiles(comment_list)) return undefined;
  const others = {
    ...instance,
    form: null,
    timeline: withoutUrls(timeline),
    comment_list: withoutUrls(comment_list),
  };
  return JSON.stringify([others, counted]);
}

/** The value of a widget without the URLs of attachments; undefined when there are none. */
export function comparableValue(widget: JsonObject): string | undefined {
  const { value = null } = widget;
  if (hasUrls(widget)) return String(fileCount(value));
  const counted = withFilesCounted(value);
  return counted === value ? undefined : stringifyJson(counted);
}

/** Files without their URLs; undefined when there are none. */
export function comparableFiles(files: Json | undefined): string | undefined {
  return isFiles(files) ? stringifyJson(files.map(withoutUrl)) : undefined;
}

export function isAttachment({ type }: JsonObject): boolean {
  return typeof type === 'string' && attachmentTypes.has(type);
}

/** Whether it is an attachment with files. */
export function hasUrls(widget: JsonObject): boolean {
  return isAttachment(widget) && isFilled(widget['value'] ?? null);
}

/** The value with the number of files in place of the URLs of each attachment; itself when there are none. */
function withFilesCounted(value: Json): Json {
  if (isArray(value)) return mapped(value, withFilesCounted);
  if (!isObject(value)) return value;
  if (hasUrls(value)) return { ...value, value: fileCount(value['value']) };
  let counted = value;
  for (const name in value) {
    const member = value[name] ?? null;
    if (typeof member !== 'object') continue;
    const other = withFilesCounted(member);
    // Assigned to a copy, `__proto__` would be the prototype; defined by a literal, it is a member.
    if (other !== member) counted = { ...counted, [name]: other };
  }
  return counted;
}

/** The list with each member changed; itself when none is. */
function mapped(list: readonly Json[], change: (member: Json) => Json): readonly Json[] {
  let changed: Json[] | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const member = list[index] ?? null;
    const other = change(member);
    if (other === member) continue;
    changed ??= [...list];
    changed[index] = other;
  }
  return changed ?? list;
}

function fileCount(value: Json | undefined): number {
  return isArray(value) ? value.length : 0;
}

function isFiles(files: Json | undefined): files is readonly Json[] {
  return isArray(files) && files.length > 0;
}

function haveFiles(entries: Json | undefined): boolean {
  return isArray(entries) && entries.some((entry) => isObject(entry) && isFiles(entry['files']));
}

function withoutUrls(entries: Json | undefined): Json {
  return isArray(entries) ? entries.map(withoutUrlsOfFiles) : (entries ?? null);
}

function withoutUrlsOfFiles(entry: Json): Json {
  if (!isObject(entry) || !isFiles(entry['files'])) return entry;
  return { ...entry, files: entry['files'].map(withoutUrl) };
}

function withoutUrl(file: Json): Json {
  return isObject(file) ? { ...file, url: null } : file;
}
