// A secret from wherever it was looked for, or why there is none. Neither says any part of one.

import { isUtf8 } from 'node:buffer';

export type Found = { readonly value: string } | Fault;

export interface Fault {
  /** What is wrong, as the end of a sentence that begins with the place in the configuration. */
  readonly message: string;
  /** What to do about it. */
  readonly suggestion: string;
}

/** Longer ones are none. In bytes. */
export const longestSecret: number = 64 * 1024;

/** The secret that a file or a command gave: a text, without the line end that editors and `echo` add. */
export function secretIn(bytes: Uint8Array, whence: string): Found {
  const fault = (message: string): Fault => ({
    message: `${whence} ${message}`,
    suggestion: 'it must hold the secret alone, as a text',
  });
  if (bytes.byteLength > longestSecret) return fault(`holds more than ${longestSecret} bytes`);
  if (!isUtf8(bytes)) return fault('holds no text in UTF-8');
  const value = Buffer.from(bytes)
    .toString()
    .replace(/\r?\n$/, '');
  return value === '' ? fault('is empty') : { value };
}
