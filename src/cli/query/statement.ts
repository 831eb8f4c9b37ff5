// A statement of the user's own, in a transaction that may only read.

import { LarkhouseError } from '../../errors.ts';
import { faultOf, throughDoor } from '../../load/failure.ts';
import { ident } from '../../load/identifier.ts';
import { addressOf, checkOut } from '../../load/pool.ts';
import { begin } from '../../load/transaction.ts';
import { UsageError } from '../outcome.ts';
import type { Warehouse } from '../warehouse.ts';

export interface Answer {
  readonly columns: readonly AnswerColumn[];
  /** Texts as Postgres writes them; null for SQL null. */
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface AnswerColumn {
  readonly name: string;
  readonly kind: 'number' | 'boolean' | 'json' | 'text';
}

/** Runs the statement with the configured schemas on the search path. */
export async function ask(warehouse: Warehouse, sql: string): Promise<Answer> {
  if (sql.trim() === '') {
    throw new UsageError('the statement is empty', { hint: 'larkhouse query "select ..."' });
  }
  const { pool, schema, viewsSchema } = warehouse;
  const client = await checkOut(pool);
  try {
    return await throughDoor(addressOf(pool), async () => {
      const path = [schema, viewsSchema, 'public'].map(ident).join(', ');
      await client.query(`${begin};\nset transaction read only; set local search_path to ${path}`);
      // The extended protocol takes one statement only, so that nothing can end the transaction first.
      const statement = {
        text: sql,
        rowMode: 'array' as const,
        queryMode: 'extended',
        types: { getTypeParser: () => (text: string) => text },
      };
      const { fields, rows } = await client
        .query<(string | null)[]>(statement)
        .catch((error: unknown) => {
          throw refusal(error, schema);
        });
      const columns = fields.map(
        ({ name, dataTypeID: type }): AnswerColumn => ({ name, kind: kindOf(type) }),
      );
      return { columns, rows };
    });
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}

/** By the oids of pg_type. */
function kindOf(oid: number): AnswerColumn['kind'] {
  if ([20, 21, 23, 26, 700, 701, 1700].includes(oid)) return 'number';
  if (oid === 16) return 'boolean';
  return oid === 114 || oid === 3802 ? 'json' : 'text';
}

/** What is wrong with the statement, in the words of Postgres: it is the user's own. */
function refusal(error: unknown, schema: string): unknown {
  const { code, message } = faultOf(error);
  if (!/^(?:42|22|25006|26|0A|57014)/.test(code)) return error;
  if (code === '42601' && message.includes('multiple commands')) {
    return new UsageError('query runs one statement at a time.');
  }
  const isUnknown = code === '42P01';
  const tables = `larkhouse query "select table_name from information_schema.tables where table_schema = '${schema}'"`;
  const hints: Readonly<Record<string, string>> = {
    '42P01': `see the tables with: ${tables}; an empty warehouse is filled by larkhouse sync`,
    '25006': 'query only reads; change data with a client of Postgres',
  };
  const hint = hints[code];
  return new LarkhouseError(`Postgres: ${message}${isUnknown ? '' : placeOf(error)}`, {
    sqlstate: code,
    ...(hint === undefined ? {} : { hint }),
  });
}

function placeOf(error: unknown): string {
  const position = error instanceof Error && 'position' in error ? error.position : undefined;
  return typeof position === 'string' ? `, at character ${position}` : '';
}
