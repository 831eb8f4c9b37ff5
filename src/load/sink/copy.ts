// Rows as Postgres' COPY reads them in its text format: tabs between values, a line a row.

import { hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { PgValue, Row } from '../../stream.ts';

/** Characters gathered before they are sent. */
const chunkLength = 64 * 1024;

const special = /[\t\n\r\\]/;
const specials = /[\t\n\r\\]/g;
const escapes: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\\': '\\\\',
};

/** One value in the text format. It must be free of U+0000. */
export function encodeValue(value: PgValue): string {
  if (value === null) return '\\N';
  return special.test(value) ? value.replace(specials, (found) => escapes[found] ?? found) : value;
}

/** 32 hex digits that differ whenever what is compared differs, null and the empty string included. */
export function rowHash(compared: readonly PgValue[]): string {
  let text = '';
  // U+0000 cannot occur in a value, so that no two lists have the same text.
  for (const value of compared) text += value === null ? 'n\0' : `v${value}\0`;
  return hash('sha256', text, 'hex').slice(0, 32);
}

/** A row as COPY sends it. */
export interface Line {
  readonly values: readonly PgValue[];
  /** As `rowHash` gives it. */
  readonly hash: string;
}

export function lineOf({ values, compared }: Row): Line {
  return { values, hash: rowHash(compared) };
}

/** Lines as chunks of about 64 KiB: the values of `constants`, those of the line, its hash. */
export function encodeLines(
  lines: Iterable<Line>,
  constants: readonly string[] = [],
): Generator<Buffer> {
  const head = constants.map((value) => `${encodeValue(value)}\t`).join('');
  return chunked(lines, ({ values, hash: digest }) => {
    let text = head;
    for (const value of values) text += `${encodeValue(value)}\t`;
    return `${text}\\\\x${digest}\n`;
  });
}

/** Lists of values as chunks of about 64 KiB. */
export function encodeValues(lists: Iterable<readonly PgValue[]>): Generator<Buffer> {
  return chunked(lists, (values) => `${values.map(encodeValue).join('\t')}\n`);
}

function* chunked<T>(items: Iterable<T>, line: (item: T) => string): Generator<Buffer> {
  let text = '';
  for (const item of items) {
    text += line(item);
    if (text.length >= chunkLength) {
      yield Buffer.from(text);
      text = '';
    }
  }
  if (text !== '') yield Buffer.from(text);
}

/** Runs a `copy .. from stdin`, sending no faster than Postgres takes it. */
export async function copyIn(
  client: ClientBase,
  statement: string,
  chunks: Iterable<Buffer>,
): Promise<void> {
  await pipeline(chunks, client.query(copyFrom(statement)));
}
