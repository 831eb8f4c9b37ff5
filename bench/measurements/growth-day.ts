// The question that attendance is asked most: who came and went when on one day.

import type { Database } from '../stand/postgres.ts';
import type { Stand } from '../stand/stand.ts';

const dayMs = 86_400_000;

/** Gives the ms that the answer took; how Postgres finds it is noted. */
export async function askDay(stand: Stand, database: Database): Promise<number> {
  const day = new Date(Date.now() - 15 * dayMs).toISOString().slice(0, 10);
  const question = `select user_id, min(check_time) as first_in, max(check_time) as last_out, count(*)
from lark.attendance_flows
where source = 'bench' and check_time >= '${day}' and check_time < '${day}'::date + 1 and deleted_at is null
group by user_id`;
  const started = performance.now();
  const found = await database.rows(question);
  const ms = performance.now() - started;
  if (found.length === 0) throw new Error(`nobody came on ${day}`);
  const plan = await database.rows<{ 'QUERY PLAN': string }>(
    `explain (analyze, buffers) ${question}`,
  );
  const lines = plan.map((row) => row['QUERY PLAN']);
  stand.note('attendance day query', [question, ...lines].join('\n'));
  return ms;
}
