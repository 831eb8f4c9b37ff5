// A record made into rows, or into the reject that it is when it cannot become any.

import { action } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { RecordRows, Reject, Stream } from '../stream.ts';
import { rootKeyOf, rowsOf } from './rows.ts';
import type { Toll } from './toll.ts';

/** Stands for the payload of a rejected record that must not be kept. */
export const withheld = '{"withheld":"privacy"}';

export function make(stream: Stream, record: JsonObject, toll: Toll): RecordRows | Reject {
  try {
    return rowsOf(stream, record, toll);
  } catch (error) {
    if (action(error) !== 'reject' || !(error instanceof Error)) throw error;
    const payload = stream.withholds === true ? withheld : JSON.stringify(record);
    return { key: rootKeyOf(stream, record), payload, reason: error.message };
  }
}
