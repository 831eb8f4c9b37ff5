// What there is to make typed views of: Base tables with their fields, approval forms, as the warehouse has them.

import type { Pool } from 'pg';
import { parseJson } from '../json.ts';
import { qualified } from '../load/identifier.ts';
import { query } from '../load/pool.ts';
import type { BaseTable } from './base.ts';
import type { Field } from './cells.ts';
import type { Form } from './forms.ts';

/** Records of a table that are looked at to learn what type a lookup gives. */
const sampled = 1000;
const typedByValues = [19, 20];

type TableRow = Omit<BaseTable, 'fields'>;
type FieldRow = Omit<Field, 'property' | 'found_type'> &
  Pick<BaseTable, 'source' | 'app_token' | 'table_id'> & { readonly property: string | null };

/** Throws SchemaError while migrations are pending, and WarehouseError. */
export async function baseTables(pool: Pool, schema: string): Promise<readonly BaseTable[]> {
  const tables = await query<TableRow>(
    pool,
    `select t.source, t.app_token, coalesce(a.name, t.app_token) as app_name, t.table_id, t.name
from ${qualified(schema, 'base_tables')} t
left join ${qualified(schema, 'base_apps')} a on a.source = t.source and a.app_token = t.app_token
where t.deleted_at is null order by t.source, t.app_token, t.table_id`,
  );
  const fields = await query<FieldRow>(
    pool,
    `select source, app_token, table_id, field_id, field_name, type, coalesce(ui_type, '') as ui_type,
  coalesce(is_primary, false) as is_primary, property::text
from ${qualified(schema, 'base_fields')} where deleted_at is null`,
  );
  const place = ({ source, app_token: app, table_id: table }: FieldRow | TableRow): string =>
    JSON.stringify([source, app, table]);
  const byTable = Map.groupBy(fields, place);
  const found: BaseTable[] = [];
  for (const table of tables) {
    const own: Field[] = [];
    for (const row of byTable.get(place(table)) ?? []) own.push(await fieldOf(pool, schema, row));
    if (own.length > 0) found.push({ ...table, fields: own });
  }
  return found;
}

async function fieldOf(pool: Pool, schema: string, row: FieldRow): Promise<Field> {
  const { property, ...field } = row;
  return {
    ...field,
    property: property === null ? null : parseJson(property),
    found_type: typedByValues.includes(row.type) ? await foundType(pool, schema, row) : undefined,
  };
}

async function foundType(
  pool: Pool,
  schema: string,
  { source, app_token: app, table_id: table, field_name: name }: FieldRow,
): Promise<number | undefined> {
  const types = await query<{ type: string | null }>(
    pool,
    `select distinct cell ->> 'type' as type from (
  select fields -> $4::text as cell from ${qualified(schema, 'base_records')}
  where source = $1 and app_token = $2 and table_id = $3 and fields ? $4::text limit ${sampled}
) sample where jsonb_typeof(cell) = 'object'`,
    [source, app, table, name],
  );
  const [only] = types;
  return types.length === 1 && only?.type != null ? Number(only.type) : undefined;
}

/** Throws SchemaError while migrations are pending, and WarehouseError. */
export async function approvalForms(pool: Pool, schema: string): Promise<readonly Form[]> {
  const rows = await query<Omit<Form, 'form'> & { readonly form: string | null }>(
    pool,
    `select source, approval_code, coalesce(approval_name, approval_code) as approval_name, form::text
from ${qualified(schema, 'approval_definitions')} order by source, approval_code`,
  );
  return rows.map(({ form, ...row }) => ({ ...row, form: form === null ? null : parseJson(form) }));
}
