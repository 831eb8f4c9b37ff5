// Pre-signed URLs of attachments change at every reading, so they do not count when rows are compared.

import {
  inOrder,
  isArray,
  isObject,
  type Json,
  type JsonObject,
  stringifyJson,
} from '../../json.ts';
import { formOf, isFilled } from './form.ts';

const attachmentTypes = new Set(['attachment', 'attachmentV2', 'image', 'imageV2']);

/** The instance without all that Lark changes at every reading; undefined when there is nothing of the kind. */
export function comparableInstance(instance: JsonObject): string | undefined {
  const { timeline, comment_list } = instance;
  const form = formOf(instance);
  if (!holdsUrls(form) && !haveFiles(timeline) && !haveFiles(comment_list)) return undefined;
  const others = {
    ...instance,
    form: null,
    timeline: withoutUrls(timeline),
    comment_list: withoutUrls(comment_list),
  };
  return JSON.stringify([inOrder(others), inOrder(form, comparableWidget)]);
}

/** The value of a widget without the URLs of attachments; undefined when there are none. */
export function comparableValue(widget: JsonObject): string | undefined {
  const { value = null } = widget;
  if (hasUrls(widget)) return String(fileCount(value));
  return holdsUrls(value) ? JSON.stringify(inOrder(value, comparableWidget)) : undefined;
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

function holdsUrls(value: Json): boolean {
  if (isArray(value)) return value.some(holdsUrls);
  if (!isObject(value)) return false;
  if (hasUrls(value)) return true;
  for (const name in value) if (holdsUrls(value[name] ?? null)) return true;
  return false;
}

/** The URLs of an attachment are replaced by their number. */
function comparableWidget(widget: JsonObject): JsonObject {
  return hasUrls(widget) ? { ...widget, value: fileCount(widget['value']) } : widget;
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
