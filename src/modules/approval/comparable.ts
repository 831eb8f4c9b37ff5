// Pre-signed URLs of attachments change at every reading, so they do not count when rows are compared.

import {
  asSent,
  isArray,
  isObject,
  type Json,
  type JsonObject,
  type JsonText,
  objectsOf,
  stringifyJson,
  stringsOf,
} from '../../json.ts';
import { blanked, type Urls } from './blanked.ts';
import { formOf, isFilled } from './form.ts';

const attachmentTypes = new Set(['attachment', 'attachmentV2', 'image', 'imageV2']);

/** The instance without all that Lark changes at every reading; undefined when there is nothing of the kind. */
export function comparableInstance(instance: JsonObject): string | JsonText | undefined {
  const { timeline, comment_list, [asSent]: sent } = instance;
  const form = formOf(instance);
  const attached: Json[] = [];
  addAttached(form, attached);
  const files = [...filesOf(timeline), ...filesOf(comment_list)];
  if (attached.length === 0 && files.length === 0) return undefined;
  const urls = urlsOf(attached, files);
  const bytes = sent && urls && blanked(sent, urls);
  return bytes ?? comparableText(instance, form);
}

/** Undefined when there are others than texts. */
function urlsOf(attached: readonly Json[], files: readonly Json[]): Urls | undefined {
  const inForm: string[] = [];
  for (const value of attached) {
    if (!isArray(value)) return undefined;
    inForm.push(...stringsOf(value));
    if (!value.every(isText)) return undefined;
  }
  const beside = files.map((file) => (isObject(file) ? (file['url'] ?? null) : null));
  const given = beside.filter((url) => url !== null);
  return given.every(isText) ? { inForm, beside: stringsOf(given) } : undefined;
}

function isText(value: Json): boolean {
  return typeof value === 'string';
}

function comparableText(instance: JsonObject, form: Json): string {
  const { timeline, comment_list } = instance;
  const others = {
    ...instance,
    form: null,
    timeline: withoutUrls(timeline),
    comment_list: withoutUrls(comment_list),
  };
  return JSON.stringify([others, withFilesCounted(form)]);
}

/** Adds the values of all attachments with files. */
function addAttached(value: Json, attached: Json[]): void {
  if (isArray(value)) {
    for (const member of value) addAttached(member, attached);
  } else if (isObject(value)) {
    if (hasUrls(value)) attached.push(value['value'] ?? null);
    else for (const name in value) addAttached(value[name] ?? null, attached);
  }
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

function filesOf(entries: Json | undefined): readonly Json[] {
  return objectsOf(entries).flatMap(({ files }) => (isFiles(files) ? files : []));
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
