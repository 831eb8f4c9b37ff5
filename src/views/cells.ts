// The columns that a field of a Base table becomes, by its type.
// https://open.larksuite.com/document/docs/bitable-v1/app-table-field/guide

import { isObject, type Json } from '../json.ts';
import type { FunctionName } from './functions.ts';

/** A field as `base_fields` has it. */
export interface Field {
  readonly field_id: string;
  readonly field_name: string;
  readonly type: number;
  readonly ui_type: string;
  readonly is_primary: boolean;
  readonly property: Json;
  /** Of a lookup: the type that its values say, as far as they agree. */
  readonly found_type: number | undefined;
}

export interface CellColumn {
  /** Follows the name of the field. */
  readonly suffix: '' | '_id';
  readonly reader: FunctionName;
  /** What the column holds, as a part of its comment. */
  readonly holds: string;
}

const single = (reader: FunctionName, holds: string): readonly CellColumn[] => [
  { suffix: '', reader, holds },
];
const text = single('cell_text', 'text');
const times = single('cell_time', 'time');
const people: readonly CellColumn[] = [
  { suffix: '', reader: 'cell_texts', holds: 'names' },
  { suffix: '_id', reader: 'cell_ids', holds: 'ids' },
];
const links = single('cell_links', 'record ids in the linked table');

const byType: Readonly<Record<number, readonly CellColumn[]>> = {
  2: single('cell_number', 'number'),
  4: single('cell_texts', 'options'),
  5: times,
  7: single('cell_flag', 'whether it is ticked'),
  11: people,
  17: single('cell_texts', 'names of files'),
  18: links,
  21: links,
  23: people,
  1001: times,
  1002: times,
  1003: people,
  1004: people,
};

const lookup = 19;
const formula = 20;

/** A field of a type that is not known here is read as a text. */
export function columnsOf(field: Field): readonly CellColumn[] {
  const { type } = field;
  if (type === lookup) return lists[field.found_type ?? 0] ?? text;
  if (type === formula) return byType[resultType(field)] ?? text;
  return byType[type] ?? text;
}

/** A lookup gives the values of several records. */
const lists: Readonly<Record<number, readonly CellColumn[]>> = {
  2: single('cell_numbers', 'numbers'),
  3: single('cell_texts', 'options'),
  4: single('cell_texts', 'options'),
  5: single('cell_times', 'times'),
  11: people,
  1001: single('cell_times', 'times'),
  1002: single('cell_times', 'times'),
};

function resultType({ property, found_type: found }: Field): number {
  const type = isObject(property) ? property['type'] : undefined;
  const told = isObject(type) ? type['data_type'] : type;
  return typeof told === 'number' ? told : (found ?? 0);
}
