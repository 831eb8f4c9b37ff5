// How the tables and fields of Bases changed over time: each sync notes what differs from the last note.

import type { Pool } from 'pg';
import { qualified } from './identifier.ts';
import { query } from './pool.ts';

/** A table or field that came, went, or got another name or kind. */
export interface SchemaChange {
  readonly source: string;
  /** When a sync saw it first; to the ms. */
  readonly seen_at: Date;
  readonly app_token: string;
  /** Name of the Base. Null: not known. */
  readonly app_name: string | null;
  readonly table_id: string;
  readonly table_name: string | null;
  /** Null: the table itself changed. */
  readonly field_id: string | null;
  readonly what: 'new' | 'gone' | 'renamed' | 'retyped';
  readonly name: string | null;
  readonly name_before: string | null;
  /** Kind of the field; null for a table. */
  readonly kind: string | null;
  readonly kind_before: string | null;
}

/**
 * Notes what is there now of these sources, as far as it differs from the last note. A table counts once its
 * fields are known, and the fields of a table that is gone do not. Throws WarehouseError and SchemaError.
 */
export async function noteSchema(
  pool: Pool,
  schema: string,
  sources: readonly string[],
): Promise<void> {
  const table = (name: string): string => qualified(schema, name);
  const thing = 'source, app_token, table_id, field_id';
  await query(
    pool,
    `with there as (
  select source, app_token, table_id, '' as field_id, name, null::text as kind,
    deleted_at is not null as is_gone
  from ${table('base_tables')} t where source = any($1) and exists (
    select from ${table('base_fields')} f
    where (f.source, f.app_token, f.table_id) = (t.source, t.app_token, t.table_id))
  union all
  select f.source, f.app_token, f.table_id, f.field_id, f.field_name,
    coalesce(f.ui_type, f.type::text), f.deleted_at is not null
  from ${table('base_fields')} f join ${table('base_tables')} t using (source, app_token, table_id)
  where f.source = any($1) and t.deleted_at is null
), noted as (
  select distinct on (${thing}) * from ${table('base_schema_versions')}
  where source = any($1) order by ${thing}, version desc
)
insert into ${table('base_schema_versions')} (${thing}, version, name, kind, is_gone, seen_at)
select ${thing}, coalesce(n.version, 0) + 1, t.name, t.kind, t.is_gone,
  date_trunc('milliseconds', now())
from there t left join noted n using (${thing})
where case when n.version is null then not t.is_gone
  else (t.name, t.kind, t.is_gone) is distinct from (n.name, n.kind, n.is_gone) end
on conflict do nothing`,
    [sources],
  );
}

/**
 * Changes of these sources that were seen after an instant, the newest first. What was there when its Base was
 * first read is no change, and of a table that comes or goes its fields are not told one by one.
 * Throws WarehouseError and SchemaError.
 */
export function schemaChanges(
  pool: Pool,
  schema: string,
  {
    sources,
    after = new Date(0),
    limit = 1000,
  }: { readonly sources: readonly string[]; readonly after?: Date; readonly limit?: number },
): Promise<readonly SchemaChange[]> {
  const table = (name: string): string => qualified(schema, name);
  return query<SchemaChange>(
    pool,
    `with v as (
  select n.*, o.name as name_before, o.kind as kind_before,
    o.version is null or o.is_gone as is_new, o.version is null as is_first
  from ${table('base_schema_versions')} n left join ${table('base_schema_versions')} o
    on (o.source, o.app_token, o.table_id, o.field_id, o.version)
      = (n.source, n.app_token, n.table_id, n.field_id, n.version - 1)
  where n.source = any($1)
), told as (
  select * from v where seen_at > $2 and case when field_id = '' then
    not is_first or seen_at > (
      select min(seen_at) from v a where (a.source, a.app_token) = (v.source, v.app_token))
  else not exists (
    select from v t where (t.source, t.app_token, t.table_id, t.field_id, t.seen_at)
      = (v.source, v.app_token, v.table_id, '', v.seen_at) and (t.is_new or t.is_gone)) end
)
select c.source, c.seen_at, c.app_token, a.name as app_name, c.table_id, t.name as table_name,
  nullif(c.field_id, '') as field_id, c.name, c.name_before, c.kind, c.kind_before,
  case when c.is_gone then 'gone' when c.is_new then 'new'
    when c.name is distinct from c.name_before then 'renamed' else 'retyped' end as what
from told c
left join ${table('base_tables')} t using (source, app_token, table_id)
left join ${table('base_apps')} a using (source, app_token)
order by c.seen_at desc, c.source, c.app_token, c.table_id, c.field_id
limit $3`,
    [sources, after, limit],
  );
}
