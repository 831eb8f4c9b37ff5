// What roles are given rights to: the schemas, and which columns in them are personal.

import { emptiedBy } from '../../load/rights.ts';
import type { Place } from '../../load/roles/statements.ts';
import { everyStream } from '../../modules/everything.ts';
import type { Warehouse } from '../warehouse.ts';

export type Schemas = Pick<Warehouse, 'schema' | 'viewsSchema'>;

export function placeOf({ schema, viewsSchema }: Schemas): Place {
  return { schema, viewsSchema, emptied: emptiedBy(everyStream), personal };
}

/** The hash of a row that has such columns is one, too: who knows all others could find a value by trying. */
const personal: readonly string[] = [
  'rejected_records.payload',
  ...everyStream
    .flatMap((stream) => [...stream.tables])
    .flatMap(({ name, columns }) => {
      const own = Object.keys(columns).filter((column) => columns[column]?.personal === true);
      return own.length === 0 ? [] : [...own, 'row_hash'].map((column) => `${name}.${column}`);
    }),
];
