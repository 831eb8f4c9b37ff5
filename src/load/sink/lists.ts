// Rows as parameters of a statement: a list of the values of each column, then one of their hashes.

import { eachField, hashOf } from '../../row.ts';
import type { Row } from '../../stream.ts';
import { ValueList } from '../../value-list.ts';
import type { Layout } from './layout.ts';

export function listsOf({ columns }: Layout, rows: readonly Row[]): readonly Buffer[] {
  const places = columns.map((_, place) => place);
  const lists = columns.map(([, type]) => new ValueList(type, rows.length));
  const hashes = new ValueList('bytea', rows.length);
  for (const row of rows) {
    eachField(row, places, (place, source, start, end) => {
      lists[place]?.addField(source, start, end);
    });
    const { source, start, end } = hashOf(row);
    hashes.addField(source, start, end);
  }
  return [...lists, hashes].map(({ bytes }) => bytes);
}

/** These as parameters, the first of them at the given place. */
export function listed({ columns }: Layout, first: number): string {
  const types = [...columns.map(([, type]) => type), 'bytea'];
  return types.map((type, place) => `$${first + place}::${type}[]`).join(', ');
}
