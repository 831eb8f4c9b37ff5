// The vocabulary. Read this first: every other file is written in these words.
//
//   tenant     the Lark or Feishu organisation that is read
//   source     a tenant as the configuration names it; the first key column of every row
//   module     Approval, Base, Attendance, Contact
//   stream     one replicated kind of record, named `module.noun`
//   partition  an independent share of a stream, with a cursor of its own
//   page       what one answer of the API gave
//   record     one object as Lark gives it
//   row        one tuple for one table
//   batch      the rows of one transaction
//   cursor     where reading resumes; opaque to all but its stream
//   checkpoint a committed cursor
//   scope      a set of rows that a read has covered whole
//   sweep      marking rows of a scope that the read did not give as deleted
//   reject     a record that could not become rows

import type { JsonObject, JsonText } from './json.ts';
import type { Slice } from './slice.ts';
import type { Endpoint, Lark } from './tenant.ts';

export type StreamName = `${string}.${string}`;
export type Cursor = JsonObject;

/** A share of a stream that can be read and committed on its own. */
export interface Partition {
  /** Stable and unique within the stream; names the checkpoint. */
  readonly key: string;
  /** Partitions of any stream with the same value are never read at the same time. */
  readonly exclusive?: string;
}

/** A set of rows of a stream's first table: each column equals one value, any of several, or lies in [from, to). */
export interface Scope {
  readonly [column: string]: string | readonly string[] | Interval;
}

/** Half-open, as Postgres reads the texts. */
export type Interval = Readonly<Record<'from' | 'to', string>>;

/** Half-open, in epoch ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A step of reading a partition. */
export interface Page {
  readonly records: readonly JsonObject[];
  /** Reading may resume here: these records and all before them are safe once it is committed. */
  readonly cursor?: Cursor;
  /** Every record of this scope, which overlaps no other of the reading, has now been given: the others are gone. */
  readonly covers?: Scope;
  /**
   * The scope was read under other conditions than the last time (another filter, another contact range):
   * rows that it does not give are out of sight from now on, which is not the same as gone.
   */
  readonly unlike?: boolean;
  /** The tenant no longer knows what holds the scope (a table, say), so that nothing in it is left. */
  readonly abandoned?: boolean;
}

export type PgType =
  | 'text'
  | 'integer'
  | 'bigint'
  | 'numeric'
  | 'boolean'
  | 'timestamptz'
  | 'jsonb';

/** A value in Postgres' own text form; null for SQL null. */
export type PgValue = string | null;

/** A value of a row on its way: also JSON as it came. */
export type RowValue = PgValue | JsonText;

/** One column: its Postgres type and how to read it from an item. */
export interface Column {
  readonly type: PgType;
  /** The value of the field `name`; undefined when there is one that the type cannot hold. */
  read(item: JsonObject, name: string): RowValue | undefined;
  /** What of the value counts when rows are compared; undefined for the whole value, as without it. */
  compared?(item: JsonObject, name: string): RowValue | undefined;
  /** Says something of a person that is not for everybody who may see the row. */
  readonly personal?: true;
  /** Raw: what the other columns of its row, or all rows of its record, say stands in it, too. */
  readonly holds?: 'row' | 'record';
  /** Larkhouse itself reads it again, so that it has to hold what Lark gave. */
  readonly needed?: true;
}

/** A table and how its rows come from a record. Columns of the control kind (source, run_id, ...) are the loader's. */
export interface Table {
  readonly name: string;
  /** Columns that name a row, after `source`. A record without one of them is a reject. */
  readonly key: readonly [string, ...string[]];
  readonly columns: Readonly<Record<string, Column>>;
  /** The objects of a record that become rows; the record itself unless given. */
  items?(record: JsonObject): Iterable<JsonObject>;
  /** Columns shared with the first table, which begin the key: an owner's rows are replaced whole with its record. */
  readonly owner?: readonly [string, ...string[]];
  /** Rows that vanish are marked in `deleted_at`, not removed. */
  readonly marksDeletion?: boolean;
  /** What the stream remembers for itself, left out of the counts. */
  readonly bookkeeping?: boolean;
  /**
   * A row says what the bytes of its record say, and the fields that its key is named after: where the bytes are known
   * it is compared by them. The number is that of the edition, which whoever reads a column in another way raises.
   */
  readonly asSent?: number;
}

/** What is already loaded, as a stream sees it: rows of its source as texts. */
export interface Replica {
  rows(
    table: string,
    columns: readonly string[],
    where?: Readonly<Record<string, string | null | { readonly atMost: string }>>,
  ): AsyncIterable<Readonly<Record<string, PgValue>>>;
  /** Which of these values the column holds. */
  known(table: string, column: string, values: readonly string[]): Promise<ReadonlySet<string>>;
  cursor(stream: StreamName, partition: string): Promise<Cursor | undefined>;
}

/** What a stream has at hand when it plans or reads. */
export interface Plan {
  readonly lark: Lark;
  readonly replica: Replica;
  /** Read everything anew, whatever the cursor says. */
  readonly full: boolean;
  /** Something the operator should know that is no failure. */
  warn(message: string): void;
  /** So many more records are to come: what progress is shown against. */
  expect(records: number): void;
}

export interface Read<P extends Partition = Partition> extends Plan {
  readonly partition: P;
  readonly from: Cursor | undefined;
  /** Of a record whose bytes are known (`asSent`) nothing else has to be read but what its key is named after. */
  readonly recognises?: boolean;
}

export interface Expectation {
  readonly endpoint: Endpoint;
  readonly calls: number;
  /** The stream that makes them; the one that tells unless given. */
  readonly stream?: StreamName;
}

/** Records as the warehouse keeps them, and those of a stream's tables that they rebuild. */
export interface Stored {
  readonly tables: readonly [Table, ...Table[]];
  records(replica: Replica): AsyncIterable<JsonObject>;
}

/** What the engine replicates: where records come from and which rows they become. Plain data. */
export interface Stream<P extends Partition = Partition> {
  readonly name: StreamName;
  /** The first table is the root: one row a record. */
  readonly tables: readonly [Table, ...Table[]];
  /** Streams whose rows this one reads: they run before it, also when only this one is asked for. */
  readonly needs?: readonly StreamName[];
  /** Streams that run before it when they run at all. */
  readonly after?: readonly StreamName[];
  /** Records after which a batch is committed, where each record costs a call; rows and bytes bound it anyway. */
  readonly batchRecords?: number;
  /** Its records were rejected before: any share of them may be so again. */
  readonly suspect?: true;
  partitions(plan: Plan): AsyncIterable<P> | Iterable<P>;
  /** Must end on a page with a cursor, unless it gives no page at all. */
  pages(read: Read<P>): AsyncIterable<Page>;
  /** Reads a past span again and ends on the cursor that it began with. Streams that read whole have none. */
  past?(read: Read<P>, span: Span): AsyncIterable<Page>;
  /** What the warehouse keeps raw, from which tables are rebuilt without the tenant. */
  readonly stored?: Stored;
  /** Records that are rejected are kept without their payload: it may hold what no column is to hold. */
  readonly withholds?: true;
  /** The calls that reading the partition now would cost. May ask the tenant what it must know to tell. */
  expects?(read: Read<P>): AsyncIterable<Expectation>;
  /** Which of these root keys (in the order of `key`) are truly gone, asked one by one. */
  gone?(read: Read<P>, keys: RowKeys): Promise<RowKeys>;
}

/**
 * A row on its way: the values of its table's columns in their order, then the hash of what is compared with the
 * stored row, as fields of COPY's binary format. `row.ts` makes it and reads it.
 */
export type Row = Slice;

/** A record as rows, for each table of its stream in their order. */
export interface RecordRows {
  /** The values of its root's key, as `record-list.ts` joins them. */
  readonly key: string;
  readonly rows: readonly (readonly Row[])[];
}

/** Records as rows, each key once. */
export interface Records {
  readonly length: number;
  keys(): readonly string[];
  /** Of the table at this place in the stream, record by record. */
  rows(table: number): Iterable<Row>;
  count(table: number): number;
  /** The records from one place to another in their order. */
  part(from: number, to: number): Records;
}

/** Records that are made into rows only where they differ from what is stored. Each key once. */
export interface Pending {
  readonly length: number;
  keys(): readonly string[];
  /**
   * Of each column of the key, in the order of the columns, the value that all records have or a list of theirs
   * (`value-list.ts`); then the list of their hashes.
   */
  outline(): readonly (string | Buffer)[];
  /** The records at these places: the same whenever they are asked for. */
  made(places: readonly number[]): Made;
}

export interface Made {
  readonly records: Records;
  readonly rejects: readonly Reject[];
}

export interface Reject {
  readonly key: string;
  readonly payload: string;
  readonly reason: string;
  readonly sqlstate?: string;
}

/** The atom of progress: staged, merged and its cursor committed in one transaction. */
export interface Batch {
  readonly records: Records;
  /** Instead of records. */
  readonly pending?: Pending;
  readonly rejects: readonly Reject[];
  /** Records read for it, duplicates and rejects included. */
  readonly read: number;
  readonly cursor: Cursor | undefined;
  readonly covers: Scope | undefined;
  readonly unlike: boolean;
  readonly abandoned: boolean;
}

/** Keys of rows, each in its parts. */
export type RowKeys = readonly (readonly string[])[];
