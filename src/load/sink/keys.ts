// Keys of records in the forms that they are looked up by.

import type { Reject } from '../../stream.ts';
import { ident } from '../identifier.ts';
import type { Layout } from './layout.ts';

/** The key of the row `t` in one text. */
export function keyText({ key }: Layout): string {
  return `jsonb_build_array(${key.map((name) => `t.${ident(name)}::text`).join(', ')})::text`;
}

/** A bigint for the key that these texts are the values of: another key has the same once in 2^64. */
export function keyHash(values: readonly string[]): string {
  return values.reduce((seed, value) => `hashtextextended(${value}, ${seed})`, '0');
}

/** The keys of the rejects that have one. */
export function keysOfRejects(
  root: Layout,
  rejects: readonly Reject[],
): readonly (readonly string[])[] {
  return rejects.flatMap(({ key }) => {
    const parts = splitKey(root, key);
    return parts === undefined ? [] : [parts];
  });
}

/** The parts of a record's key; undefined when there is none. */
function splitKey({ key }: Layout, text: string): readonly string[] | undefined {
  if (text === '') return undefined;
  if (key.length === 1) return [text];
  try {
    const parts: unknown = JSON.parse(text);
    return Array.isArray(parts) && parts.length === key.length ? parts.map(String) : undefined;
  } catch {
    return undefined;
  }
}
