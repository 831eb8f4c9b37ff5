// Whether larkhouse tells the truth of itself: exit code, `--json` report and control tables.

import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { objectsOf } from '../../../src/json.ts';
import type { Ended } from './process.ts';

const codes: Readonly<Record<string, number>> = {
  complete: 0,
  skipped: 0,
  incomplete: 1,
  interrupted: 130,
};

const members = ['records', 'rejected', 'requests', 'throttled', 'retries'] as const;
const rows = ['inserted', 'updated', 'unchanged', 'deleted'] as const;

/** Rows that a stream wrote, over all runs after the given one. */
export interface Totals {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

/** Whether the run could write down how it ended; if not, it has said so. */
export function wasRecorded({ report, stderr }: Ended): boolean {
  const hasRun = typeof report?.['run_id'] === 'number' || report?.['status'] === 'skipped';
  return hasRun && !stderr.includes('could not be recorded');
}

/** I5: what a process said on its way out is what happened. */
export async function agrees(pool: Pool, ended: Ended): Promise<void> {
  const { code, signal, report } = ended;
  if (report === undefined) return;
  const status = String(report['status']);
  // A kill may come after the last word.
  if (signal === null) {
    assert.equal(code, codes[status], `exit code ${code} of a run that is ${status}`);
  }
  const streams = objectsOf(report['sources']).flatMap((one) => objectsOf(one['streams']));
  const isBad = streams.some((one) =>
    ['incomplete', 'interrupted'].includes(String(one['status'])),
  );
  assert.equal(
    isBad || status === 'incomplete',
    status === 'incomplete' || status === 'interrupted',
  );
  if (!wasRecorded(ended) || status === 'skipped') return;
  const { rows: runs } = await pool.query<{ status: string; ended: boolean }>(
    'select status, finished_at is not null as ended from lark.sync_runs where run_id = $1',
    [report['run_id']],
  );
  assert.deepEqual(runs, [{ status, ended: true }]);
  await streamsAgree(pool, Number(report['run_id']), streams);
}

async function streamsAgree(
  pool: Pool,
  runId: number,
  streams: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const columns = [
    ...members.map((name) => `${name}::float8`),
    ...rows.map((name) => `rows_${name}::float8 as ${name}`),
  ];
  const { rows: stored } = await pool.query<Record<string, unknown>>(
    `select stream, status, ${columns.join(', ')} from lark.sync_stream_runs
where run_id = $1 order by stream`,
    [runId],
  );
  const told = streams
    .map((one) => ({
      stream: one['stream'],
      status: one['status'],
      ...Object.fromEntries([...members, ...rows].map((name) => [name, one[name]])),
    }))
    .sort((one, other) => (String(one.stream) < String(other.stream) ? -1 : 1));
  assert.deepEqual(stored, told);
}

/** What was written by all runs after this one, by stream. */
export async function totalsAfter(pool: Pool, runId: number): Promise<ReadonlyMap<string, Totals>> {
  const { rows: sums } = await pool.query<Totals & { stream: string }>(
    `select stream, sum(rows_inserted)::float8 as inserted, sum(rows_updated)::float8 as updated,
  sum(rows_deleted)::float8 as deleted
from lark.sync_stream_runs where run_id > $1 group by stream order by stream`,
    [runId],
  );
  return new Map(sums.map(({ stream, ...totals }) => [stream, totals]));
}

/** I2: what was done is counted once; less is counted only where a run could not record itself. */
export function countsOnce(
  found: ReadonlyMap<string, Totals>,
  truth: ReadonlyMap<string, Totals>,
  areAllRecorded: boolean,
): void {
  if (areAllRecorded) {
    assert.deepEqual(found, truth, 'rows are not counted once');
    return;
  }
  for (const [stream, totals] of found) {
    const most = truth.get(stream) ?? { inserted: 0, updated: 0, deleted: 0 };
    for (const name of ['inserted', 'updated', 'deleted'] as const) {
      assert.ok(totals[name] <= most[name], `${stream} counts ${name} rows twice`);
    }
  }
}

/** I5: no run is called running whose process is gone. */
export async function leavesNoneRunning(pool: Pool): Promise<void> {
  const { rows: running } = await pool.query(
    "select run_id from lark.sync_runs where status = 'running'",
  );
  assert.deepEqual(running, []);
}

/** The text of the control tables, payloads of rejected records aside. */
export async function controlText(pool: Pool): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'lark'
and (table_name like 'sync\\_%' or table_name in ('api_usage', 'rejected_records'))`,
  );
  const texts = await Promise.all(
    tables.map(({ name }) =>
      pool.query<{ text: string | null }>(
        `select string_agg((to_jsonb(t) - 'payload')::text, e'\\n') as text from lark.${name} t`,
      ),
    ),
  );
  return texts.map(({ rows: found }) => found[0]?.text ?? '').join('\n');
}
