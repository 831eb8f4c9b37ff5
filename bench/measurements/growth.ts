// What an incremental run costs when little is stored and when much is: the same news, the same calls. And what
// a large attendance table costs to fill and to ask.

import {
  type Figure,
  given,
  type Measurement,
  type Quantities,
  ratio,
  type Trial,
} from '../figure.ts';
import type { Database } from '../stand/postgres.ts';
import type { BenchTenant, Stand } from '../stand/stand.ts';
import { startTraces } from '../stand/traces.ts';
import { askDay } from './growth-day.ts';
import { type Kind, kindsOf, type Size, sizes } from './growth-kinds.ts';

const growths = { Base: 'base', approvals: 'approval', attendance: 'attendance' } as const;

export const growth: Measurement = {
  name: 'growth',
  figures: [
    ...Object.entries(growths).map(
      ([title, name]): Figure => ({
        name: `growth.${name}`,
        title: `time of an incremental run of ${title}, with much stored / with little`,
        unit: 'x',
        better: 'less',
        limit: '1.0',
        of: ratio(`${name} much ms`, `${name} little ms`),
      }),
    ),
    {
      name: 'growth.calls',
      title: 'calls of all these runs, with much stored / with little',
      unit: 'x',
      better: 'less',
      limit: '1.0',
      of: (round) => calls(round, 'much') / calls(round, 'little'),
    },
    {
      name: 'growth.attendance-load',
      title: 'first load of the large attendance table',
      unit: 'rows/s',
      better: 'more',
      of: given('attendance load rows/s'),
    },
    {
      name: 'growth.attendance-day',
      title: 'who came and went when on one day, asked of it (its EXPLAIN is in results.json)',
      unit: 'ms',
      better: 'less',
      of: given('day query ms'),
    },
  ],
  async prepare(stand: Stand): Promise<readonly Trial[]> {
    const trials: Trial[] = [];
    for (const kind of kindsOf(stand.options)) {
      for (const size of sizes) trials.push(await grown(stand, kind, size));
    }
    return trials;
  },
};

function calls(round: Quantities, size: Size): number {
  const names = Object.values(growths).map((name) => round[`${name} ${size} calls`] ?? Number.NaN);
  return names.reduce((sum, count) => sum + count, 0);
}

/** Loads what is stored; the trial is an incremental run on top of it. */
async function grown(stand: Stand, kind: Kind, size: Size): Promise<Trial> {
  const { name } = kind;
  const tenant = await stand.tenant(kind.plan(size));
  const database = await stand.database();
  const order = { warehouse: database.url, tenant: tenant.url, modules: kind.modules(size) };
  const { seconds } = await stand.sync({ ...order, runId: 1 });
  // As autovacuum will have done by the next run.
  await database.rows('vacuum analyze');
  const stored = await rowsOf(database, kind);
  let runId = 1;
  return async (round) => {
    runId += 1;
    const once = round === 0 ? { [`${name} ${size} rows`]: stored } : {};
    const asked = name === 'attendance' && size === 'much';
    return {
      ...once,
      ...(asked && round === 0 ? { 'attendance load rows/s': stored / seconds } : {}),
      ...(asked ? { 'day query ms': await askDay(stand, database) } : {}),
      ...(await incremental({ stand, kind, size, tenant, database, order: { ...order, runId } })),
    };
  };
}

interface Increment {
  readonly stand: Stand;
  readonly kind: Kind;
  readonly size: Size;
  readonly tenant: BenchTenant;
  readonly database: Database;
  readonly order: Parameters<Stand['sync']>[0];
}

async function incremental(increment: Increment): Promise<Quantities> {
  const { stand, kind, size, tenant, database, order } = increment;
  await kind.change(tenant);
  const traces = await startTraces(database);
  const run = await stand.sync(order);
  const touched = await Promise.all(kind.tables.map((table) => traces.rowsTouched(table)));
  return {
    [`${kind.name} ${size} ms`]: run.seconds * 1000,
    [`${kind.name} ${size} calls`]: run.calls,
    [`${kind.name} ${size} rows touched`]: touched.reduce((sum, rows) => sum + rows, 0),
    [`${kind.name} ${size} WAL MB`]: (await traces.walBytes()) / 1e6,
  };
}

async function rowsOf(database: Database, { tables }: Kind): Promise<number> {
  let sum = 0;
  for (const table of tables) {
    const [row] = await database.rows<{ count: number }>(
      `select count(*)::integer as count from lark.${table}`,
    );
    sum += row?.count ?? 0;
  }
  return sum;
}
