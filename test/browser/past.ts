// A month of syncs for a report to show, written as syncs would have written it, and names that bite.

import type { Stage } from '../integration/cli/stage.ts';

/** What a tenant might call its Bases, tables and fields to harm whoever reads of them. */
export const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>'&`;

/** Syncs the company under hostile names, renames a field, and adds the month before. */
export async function liveThroughAMonth(stage: Stage): Promise<void> {
  const [base] = stage.company.has.bases;
  const [table] = base?.tables ?? [];
  const [title, amount] = table?.fields ?? [];
  if (base === undefined || table === undefined || title === undefined || amount === undefined) {
    throw new Error('the company has no Base');
  }
  base.name = hostile;
  table.name = hostile;
  await synced(stage, 0);
  Object.assign(table, { fields: [title, { ...amount, field_name: hostile }] });
  table.revision += 1;
  const { scopes } = stage.tenant.app;
  scopes.delete('attendance:task:readonly');
  await synced(stage, 1);
  scopes.add('attendance:task:readonly');
  for (const statement of past) await stage.rows(statement);
}

async function synced(stage: Stage, code: number): Promise<void> {
  const ended = await stage.run(['sync', '--quiet']);
  if (ended.code !== code) throw new Error(ended.stderr);
}

/** Runs of a year ago would be numbered lower; here they are numbered from below zero. */
const past = [
  `insert into lark.sync_runs (run_id, started_at, finished_at, status, command, version)
overriding system value
select -i, now() - i * interval '22 hours', now() - i * interval '22 hours' + (3 + i * 7 % 11) * interval '1 s',
  case when i % 9 = 4 then 'incomplete' when i % 13 = 5 then 'interrupted' when i % 17 = 6 then 'abandoned'
    else 'complete' end, 'sync', '0.1.0'
from generate_series(1, 33) i`,
  `insert into lark.sync_stream_runs
  (source, run_id, stream, status, records, rows_inserted, rows_updated, rows_deleted, requests, seconds)
select 'acme', -i, stream, 'complete', 1200, 20 + i * 37 % 50, i * 13 % 30, i * 7 % 9, 20, 2
from generate_series(1, 33) i, unnest(array['attendance.flows', 'base.records']) stream`,
  `insert into lark.api_usage (source, endpoint, day, requests, throttled, errors)
select 'acme', endpoint, (now() at time zone 'UTC')::date - d, 60 + (d * 31 + length(endpoint) * 17) % 90,
  case when d = 7 then 3 else 0 end, d % 11 / 10
from generate_series(1, 30) d, unnest(array['approval.instances.list', 'approval.instances.get',
  'base.records.search', 'attendance.user_flows.query', 'contact.users.find_by_department',
  'base.fields.list', 'base.tables.list', 'approval.tasks.search']) endpoint`,
  `insert into lark.rejected_records (source, stream, partition, record_key, payload, reason, sqlstate)
select 'acme', 'base.records', 'p', 'rec' || i, '{}', '${hostile.replaceAll("'", "''")}', '22008'
from generate_series(1, 4) i`,
  `insert into lark.sync_held_deletions (source, stream, partition, digest, candidates, run_id, held_at)
values ('acme', 'base.records', 'basc/tbl', '\\x00', 240, 1, now())`,
];
