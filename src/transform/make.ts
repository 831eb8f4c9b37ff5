// A record made into rows, or into the reject that it is when it cannot become any.

import { action } from '../errors.ts';
import { asSent, isObject, type JsonObject } from '../json.ts';
import { textOf } from '../slice.ts';
import type { RecordRows, Reject, Stream } from '../stream.ts';
import { parsed } from './columns.ts';
import { rootKeyOf, rowsOf } from './rows.ts';
import type { Toll } from './toll.ts';

/** Stands for the payload of a rejected record that must not be kept. */
export const withheld = '{"withheld":"privacy"}';

export function make(stream: Stream, record: JsonObject, toll: Toll): RecordRows | Reject {
  try {
    return rowsOf(stream, record, toll);
  } catch (error) {
    if (action(error) !== 'reject' || !(error instanceof Error)) throw error;
    return rejected(stream, record, JSON.stringify(record), error.message);
  }
}

/** The same of a record of which only some fields were read: the others are in what was sent. */
export function makeWhole(stream: Stream, brief: JsonObject, toll: Toll): RecordRows | Reject {
  const sent = brief[asSent];
  if (sent === undefined) return make(stream, brief, toll);
  const text = textOf(sent);
  const said = parsed(text);
  if (isObject(said)) return make(stream, { ...said, ...brief }, toll);
  return rejected(stream, brief, text, 'what Lark sent is no JSON');
}

function rejected(stream: Stream, record: JsonObject, payload: string, reason: string): Reject {
  const kept = stream.withholds === true ? withheld : payload;
  return { key: rootKeyOf(stream, record), payload: kept, reason };
}
