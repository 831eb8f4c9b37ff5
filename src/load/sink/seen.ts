// The keys that a reading has given so far: kept in the warehouse, so that they outlive a connection. Their
// table is unlogged, and a crash of Postgres empties it: the mark that a reading begins with is gone then, too.

import type { ClientBase } from 'pg';
import { ReadingLostError } from '../../errors.ts';
import type { PgValue, Row } from '../../stream.ts';
import { ident, qualified } from '../identifier.ts';
import type { Claim } from './cursors.ts';
import { keyHash } from './keys.ts';
import type { Layout } from './layout.ts';
import type { Also } from './merge.ts';
import { outlineOf, relation } from './outline.ts';
import type { Transact } from './transact.ts';

/** The table's name, quoted. */
export function seenTable({ schema }: Claim): string {
  return qualified(schema, 'sync_seen_keys');
}

/** The keys of a reading, each as all its values but the last and that; stream and partition are parameters. */
export function seenKeys(claim: Claim, stream: string, partition: string): string {
  return `(select s.beginning, unnest(s.endings) as ending from ${seenTable(claim)} s
where s.source = $1 and s.stream = ${stream} and s.partition = ${partition})`;
}

/** What is kept of keys of which these are the parts, in a select that begins with the reading. */
function gathered(parts: readonly string[], from: string): string {
  const texts = parts.map((part) => `${part}::text`);
  const beginning = texts.slice(0, -1).join(', ');
  return `array[${beginning}]::text[], array_agg(${texts.at(-1)}), sum(${keyHash(texts)}) from ${from} group by 4`;
}

const ofReading = 'source = $1 and stream = $2 and partition = $3';

export class Seen {
  readonly #root: Layout;
  readonly #table: string;
  readonly #reading: readonly string[];
  #isBegun = false;

  constructor(root: Layout, claim: Claim) {
    this.#root = root;
    this.#table = seenTable(claim);
    this.#reading = [claim.source, claim.stream, claim.partition];
  }

  /** Makes an empty memory, unless the reading has one. In the transaction of a batch, before its keys. */
  async begin(client: ClientBase): Promise<void> {
    if (this.#isBegun) return;
    await this.#forget(client);
    await client.query(`insert into ${this.#table} values ($1, $2, $3, '{}')`, [...this.#reading]);
  }

  /** Told that the transaction of a batch is committed. */
  committed(): void {
    this.#isBegun = true;
  }

  /** Adds the keys of the root's rows that are outlined as `o`. */
  adding(): Also {
    const parts = this.#root.key.map((name) => `o.${ident(name)}`);
    return (first) => ({
      text: `insert into ${this.#table} select $${first}, $${first + 1}, $${first + 2}, ${gathered(parts, 'o')}`,
      values: this.#reading,
    });
  }

  /** Adds the keys of rows of the root. */
  async addRows(client: ClientBase, rows: Iterable<Row>): Promise<void> {
    const outline = outlineOf(this.#root, [...rows]);
    const { text, values } = this.adding()(1 + outline.values.length);
    await client.query(`with o as ${relation(outline, 1)}\n${text}`, [
      ...outline.values,
      ...values,
    ]);
  }

  async add(client: ClientBase, keys: readonly (readonly PgValue[])[]): Promise<void> {
    if (keys.length === 0) return;
    const lists = this.#root.key.map((_, part) => keys.map((key) => key[part] ?? ''));
    const parts = lists.map((_, part) => `part_${part}`);
    const given = lists.map((_, part) => `$${part + 4}::text[]`).join(', ');
    const from = `unnest(${given}) k (${parts.join(', ')})`;
    await client.query(`insert into ${this.#table} select $1, $2, $3, ${gathered(parts, from)}`, [
      ...this.#reading,
      ...lists,
    ]);
  }

  /** Throws ReadingLostError unless all keys are still there that were added since the reading began. */
  async requireWhole(client: ClientBase): Promise<void> {
    const { rowCount } = await client.query(
      `select from ${this.#table} where ${ofReading} and endings is null limit 1`,
      [...this.#reading],
    );
    if (rowCount === 1) return;
    throw new ReadingLostError(
      'the warehouse no longer knows what a complete reading has given, since Postgres crashed meanwhile',
      { hint: 'nothing: the partition is read again' },
    );
  }

  /** Forgets the keys of a reading that is over. */
  async end(transact: Transact): Promise<void> {
    if (this.#isBegun) await transact((client) => this.#forget(client));
  }

  async #forget(client: ClientBase): Promise<void> {
    await client.query(`delete from ${this.#table} where ${ofReading}`, [...this.#reading]);
  }
}
