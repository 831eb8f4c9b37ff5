/** Instance forms on their way out: translated, with file tokens turned into short-lived URLs. */
import { randomBytes } from 'node:crypto';
import type { FileRef, Widget } from '../company/approval.ts';

const FILES = new Set(['attachment', 'attachmentV2', 'image', 'imageV2']);
const LIFE_SECONDS = 24 * 3600;

/** What a form is written with. */
export interface FormStyle {
  readonly translate: (text: string) => string;
  /** Epoch ms; URLs expire 24 hours later. */
  readonly now: number;
  /** Whether Base references are given in full. */
  readonly nested: boolean;
}

/** A form as JSON text. */
export function formText(form: readonly Widget[], style: FormStyle): string {
  return JSON.stringify(form.map((widget) => shown(widget, style)));
}

function shown(widget: Widget, style: FormStyle): Widget {
  const { translate } = style;
  const value = widget['value'];
  const named = { ...widget, name: translate(widget.name) };
  if (widget.type === 'mutableGroup' && !style.nested) return { ...named, value: undefined };
  if (FILES.has(widget.type) && Array.isArray(value)) {
    return { ...named, value: value.map((token) => fileUrl(String(token), style.now)) };
  }
  if (widget.type === 'fieldList' && Array.isArray(value)) {
    return { ...named, value: value.map((row: Widget[]) => row.map((cell) => shown(cell, style))) };
  }
  return { ...named, ...options(widget, translate) };
}

function options(widget: Widget, translate: (text: string) => string): object {
  const { option, value } = widget;
  const translated = (one: unknown): unknown =>
    hasText(one) ? { ...one, text: translate(one.text) } : one;
  if (widget.type.startsWith('radio') && typeof value === 'string') {
    return { option: translated(option), value: translate(value) };
  }
  if (widget.type.startsWith('checkbox') && Array.isArray(value) && Array.isArray(option)) {
    return { option: option.map(translated), value: value.map((one) => translate(String(one))) };
  }
  return {};
}

function hasText(value: unknown): value is { text: string } {
  return (
    typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'
  );
}

/** A pre-signed URL for a file; no two calls give the same one. */
export function fileUrl(token: string, now: number): string {
  const issued = Math.floor(now / 1000);
  const plain = `${randomBytes(12).toString('hex')}:${issued}:${issued + LIFE_SECONDS}`;
  const code = Buffer.from(plain).toString('base64url');
  return `https://drive-stream.invalid/space/api/box/stream/download/authcode/${token}/?code=${code}&v=1`;
}

/** Files of comments and timeline rows. */
export function filesOut(files: readonly FileRef[] | undefined, now: number): object {
  if (!files || files.length === 0) return {};
  return {
    files: files.map(({ token, ...file }) => ({ url: fileUrl(token, now), ...file })),
  };
}
