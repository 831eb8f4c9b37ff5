// Whether what the configuration treats can be treated: the names are there, the treatment fits the column,
// and no raw column goes on holding what is taken from another.

import { formatPath } from '../../config/path.ts';
import type { Privacy, Treatment } from '../../config/privacy.ts';
import { suggest } from '../../config/suggest.ts';
import { ConfigError, type Problem } from '../../errors.ts';
import { everyStream } from '../../modules/everything.ts';
import type { Column, Stream, Table } from '../../stream.ts';

/** A column and where it stands. */
interface Place {
  readonly stream: Stream;
  readonly table: Table;
  readonly name: string;
  readonly column: Column;
}

type Complaint = Omit<Problem, 'path'>;

/** Throws ConfigError with every problem. */
export function requireTreatable({ columns }: Privacy): void {
  const problems = Object.entries(columns).flatMap(([name, treatment]) =>
    complaintsOf(name, treatment, columns).map((complaint) => ({
      path: formatPath(['privacy', 'columns', name]),
      ...complaint,
    })),
  );
  if (problems.length > 0) throw new ConfigError(problems);
}

function complaintsOf(
  name: string,
  treatment: Treatment,
  all: Privacy['columns'],
): readonly Complaint[] {
  const place = placeOf(name);
  if ('message' in place) return [place];
  const unfitting = unfit(place, treatment);
  return unfitting.length > 0 ? unfitting : leftBehind(place, all);
}

const tables = everyStream
  .flatMap((stream) => stream.tables.map((table) => ({ stream, table })))
  .filter(({ table }) => table.bookkeeping !== true);

function placeOf(given: string): Place | Complaint {
  const [tableName = '', name = '', ...rest] = given.split('.');
  const found = tables.find(({ table }) => table.name === tableName);
  if (rest.length > 0 || name === '') {
    return { message: 'is no column', suggestion: 'write table.column' };
  }
  if (found === undefined) {
    const names = tables.map(({ table }) => table.name);
    return {
      message: `there is no table ${tableName} with data of Lark`,
      suggestion: suggest(tableName, names),
    };
  }
  const { columns } = found.table;
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (column !== undefined) return { ...found, name, column };
  if (control.includes(name)) {
    return { message: 'cannot be treated: it is a column of larkhouse, without data of Lark' };
  }
  const names = Object.keys(columns);
  return { message: `${tableName} has no column ${name}`, suggestion: suggest(name, names) };
}

const control = ['source', 'run_id', 'synced_at', 'row_hash', 'deleted_at'];

function unfit({ table, name, column }: Place, treatment: Treatment): readonly Complaint[] {
  if (table.key.includes(name)) return [{ message: 'cannot be treated: it names a row' }];
  if (column.needed === true) {
    return [{ message: 'cannot be treated: larkhouse itself reads it again' }];
  }
  if (treatment === 'hash' && !['text', 'jsonb'].includes(column.type)) {
    const message = `cannot be hashed: it is ${column.type}, and a hash is a text`;
    return [{ message, suggestion: 'drop takes any column' }];
  }
  if (typeof treatment === 'object' && column.type !== 'numeric') {
    const message = `cannot be rounded: it is ${column.type}, which has no decimals`;
    return [{ message, suggestion: 'drop takes any column, hash takes text and jsonb' }];
  }
  return [];
}

/** The raw columns that go on holding what is taken from this one. */
function leftBehind(place: Place, all: Privacy['columns']): readonly Complaint[] {
  const raw = rawFor(place).filter((name) => all[name] === undefined);
  if (raw.length === 0) return [];
  return [
    {
      message: `what it says also stands in ${raw.join(' and in ')}, so that must be treated, too`,
      suggestion: `add ${raw.map((name) => `${name}: drop`).join(', ')}`,
    },
  ];
}

function rawFor({ stream, table: own, name: itself, column }: Place): readonly string[] {
  if (column.holds === 'record') return [];
  return stream.tables.flatMap((table) =>
    Object.entries(table.columns)
      .filter(([name]) => table !== own || name !== itself)
      .filter(([, { holds }]) => holds === 'record' || (holds === 'row' && table === own))
      .map(([name]) => `${table.name}.${name}`),
  );
}
