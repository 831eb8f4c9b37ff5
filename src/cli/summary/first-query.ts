// How to look at what was loaded: a first query that is worth running, over tables that hold something.

import { invocation } from '../invocation.ts';
import type { Report } from '../sync/report.ts';

const queries: readonly (readonly [stream: string, sql: string])[] = [
  [
    'approval.instances',
    "select approval_name, status, count(*), date_trunc('minute', avg(end_time - start_time)) as took from approval_instances group by 1, 2 order by 1, 3 desc",
  ],
  [
    'base.records',
    'select a.name as base, t.name as table, count(*) as records, max(r.last_modified_time) as last_change from base_records r join base_tables t using (source, app_token, table_id) join base_apps a using (source, app_token) where r.deleted_at is null group by 1, 2 order by records desc',
  ],
  [
    'attendance.flows',
    'select check_time::date as day, count(distinct user_id) as people, count(*) as punches from attendance_flows where deleted_at is null group by 1 order by 1 desc limit 7',
  ],
  [
    'contact.users',
    'select d.name as department, count(*) as people from contact_user_departments m join contact_departments d using (source, open_department_id) where m.deleted_at is null group by 1 order by people desc limit 10',
  ],
];

/** The first over a stream of this run that was not in vain. */
export function firstQuery({ sources }: Report): string | undefined {
  const useful = sources.flatMap(({ streams }) =>
    streams.filter(({ status, records }) => status === 'complete' || records > 0),
  );
  return queries.find(([name]) => useful.some(({ stream }) => stream === name))?.[1];
}

/** How this machine's user called larkhouse, and so will call `query`. */
export function queryCommand(
  sql: string,
  env: NodeJS.ProcessEnv,
  config: string | undefined,
): string {
  if ((env['MAKELEVEL'] ?? '') !== '') {
    return `make query${config === undefined ? '' : ` CONFIG=${quoted(config)}`} SQL="${sql}"`;
  }
  const option = config === undefined ? '' : ` --config ${quoted(config)}`;
  return `${invocation(env)} query${option} "${sql}"`;
}

/** psql on the embedded Postgres, without showing its password. */
export function psqlCommand(
  { port, pgpass }: { readonly port: number; readonly pgpass: string },
  schema: string,
): string {
  return `PGPASSFILE=${quoted(pgpass)} PGOPTIONS='-c search_path=${schema}' psql -h 127.0.0.1 -p ${port} -U larkhouse larkhouse`;
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
