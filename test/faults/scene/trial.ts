// One trial: a database, a wire to it, processes of the command line, and the proof at the end.

import type { Pool, QueryResultRow } from 'pg';
import { openPool } from '../../../src/load/pool.ts';
import { type Wire, wireTo } from '../wire.ts';
import { personalValues } from './company.ts';
import { type Copied, copyOf } from './databases.ts';
import { configuration, Office } from './office.ts';
import type { Ended, Running } from './process.ts';
import { type Ending, prove } from './proof.ts';
import type { Holding, Truths } from './truths.ts';
import type { World } from './world.ts';

export type { Holding } from './truths.ts';

export interface TrialOptions {
  readonly world: World;
  readonly truths: Truths;
  readonly holding: Holding;
  /** The database to copy; none for an empty one. */
  readonly origin: string | undefined;
}

interface Parts extends TrialOptions {
  readonly database: Copied;
  readonly office: Office;
}

const syncArgs: readonly string[] = ['sync', '--json'];

export class Trial {
  readonly world: World;
  readonly truths: Truths;
  readonly holding: Holding;
  /** For looking and meddling; not through the wire. */
  readonly pool: Pool;
  /** All processes, in the order of their start. */
  readonly runs: Running[] = [];
  /** What the processes were called with, as other users of the machine saw it. */
  readonly argv: string[] = [];
  readonly #database: Copied;
  readonly #office: Office;
  #wire: Wire | undefined;
  #begun: string | undefined;

  static async open(options: TrialOptions): Promise<Trial> {
    const { world, origin } = options;
    const database = await copyOf(origin);
    const { tenant, company } = world;
    const office = await Office.open({ tenant, has: company.has, url: database.url });
    const trial = new Trial({ ...options, database, office });
    trial.#wire = await wireTo(database.url, () => void trial.#lookAround());
    return trial;
  }

  constructor({ world, truths, holding, database, office }: Parts) {
    this.world = world;
    this.truths = truths;
    this.holding = holding;
    this.pool = openPool(database.url, { max: 2 });
    this.#database = database;
    this.#office = office;
  }

  /** Between the processes and the database. */
  get wire(): Wire {
    if (this.#wire === undefined) throw new Error('the trial is closed');
    return this.#wire;
  }

  /** The current folder of the processes. */
  get folder(): string {
    return this.#office.folder;
  }

  /** The database's own URL, with its password. */
  get url(): string {
    return this.#database.url;
  }

  get canaries(): readonly string[] {
    return [...this.#office.secrets, ...Object.values(personalValues)];
  }

  /** Whether the company or its clock changed after the first process was started. */
  get hasMoved(): boolean {
    return this.#begun !== undefined && this.#begun !== this.world.state;
  }

  /** Changes the configuration, which is that of everything the company has. */
  configure(change: (yaml: string) => string): Promise<void> {
    const { company, tenant } = this.world;
    return this.#office.configure(change(configuration(company.has, tenant)));
  }

  /** Starts the command line, through the wire unless `direct`: `sync --json` unless told otherwise. */
  start(
    args: readonly string[] = syncArgs,
    {
      direct = false,
      env = {},
    }: { readonly direct?: boolean; readonly env?: Readonly<Record<string, string>> } = {},
  ): Running {
    this.#begun ??= this.world.state;
    const running = this.#office.start(args, direct ? this.url : this.wire.url, env);
    this.runs.push(running);
    return running;
  }

  /** The same, to its end. */
  run(...given: Parameters<Trial['start']>): Promise<Ended> {
    return this.start(...given).ended;
  }

  async rows<Row extends QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query(sql, values)).rows;
  }

  /**
   * The end of every test: checks the database as the fault left it; ends all faults of tenant and
   * wire; lets one clean run finish; then checks database, control tables and everything printed.
   */
  prove(ending: Ending = {}): Promise<Ended> {
    return prove(this, ending);
  }

  async close(): Promise<void> {
    for (const running of this.runs) running.kill();
    await Promise.all(this.runs.map(({ ended }) => ended));
    await this.#wire?.close();
    this.#wire = undefined;
    await this.pool.end();
    await this.#database.drop();
    await this.#office.close();
  }

  async #lookAround(): Promise<void> {
    const last = this.runs.at(-1);
    if (last !== undefined) this.argv.push(await last.argv());
  }
}
