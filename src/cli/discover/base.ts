// The tables of the configured Bases with their fields; no API lists the Bases themselves.

import { isObject, type JsonObject, objectsOf } from '../../json.ts';
import { getApp, listFields, listTables } from '../../modules/base/endpoints.ts';
import type { BaseChoice } from '../../modules/base/settings.ts';
import type { Call, Endpoint, Lark } from '../../tenant.ts';
import { baseBehind } from '../wiki-base.ts';
import type { BaseSight, FieldSight, TableSight } from './sight.ts';

/** The Base of a choice. Throws what keeps it from being read. */
export async function baseSights(lark: Lark, choice: BaseChoice): Promise<readonly BaseSight[]> {
  const token = choice.kind === 'wiki' ? await baseBehind(lark, choice.token) : choice.token;
  const params = { app_token: token };
  const { app } = await lark.call(getApp, { params });
  const tables: TableSight[] = [];
  for (const table of await itemsOf(lark, listTables, { params })) {
    const tableId = String(table['table_id']);
    const fields = await itemsOf(lark, listFields, { params: { ...params, table_id: tableId } });
    tables.push({
      table_id: tableId,
      name: String(table['name']),
      fields: fields.map(fieldSight),
    });
  }
  return [{ app_token: token, name: String(isObject(app) ? app['name'] : ''), tables }];
}

async function itemsOf(lark: Lark, endpoint: Endpoint, call: Call): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for await (const data of lark.pages(endpoint, call)) found.push(...objectsOf(data['items']));
  return found;
}

function fieldSight(field: JsonObject): FieldSight {
  return {
    field_id: String(field['field_id']),
    field_name: String(field['field_name']),
    ui_type: String(field['ui_type'] ?? field['type']),
  };
}
