/** A Base's own data, its tables, and each table's fields and views. */
import type { Call, Endpoint } from '../endpoint.ts';
import type { JsonObject } from '../json.ts';
import { TIER_8 } from '../limits.ts';
import { cut, readPosition } from '../paging.ts';
import { readQuery } from '../query.ts';
import { badPageToken, openBase, openTable, openView, pageSize } from './base-access.ts';

const APP = '/bitable/v1/apps/:app_token';

function app(call: Call): JsonObject {
  const { tables: _, ...own } = openBase(call);
  return { data: { app: { ...own, formula_type: 1, advance_version: 'v1' } } };
}

function tables(call: Call): JsonObject {
  const listed = openBase(call).tables.map(({ table_id, revision, name }) => ({
    table_id,
    revision,
    name,
  }));
  return page(call, listed, (one) => one.table_id);
}

function fields(call: Call): JsonObject {
  const table = openTable(call);
  const query = readQuery(call.search);
  const view = openView(table, query.text('view_id'));
  const asArray = query.flag('text_field_as_array');
  const shown = table.fields.filter((field) => !view?.hides?.includes(field.field_name));
  const listed = shown.map(({ description, ...field }) => {
    if (description === undefined) return field;
    return { ...field, description: asArray ? [{ text: description, type: 'text' }] : description };
  });
  return page(call, listed, (one) => one.field_id);
}

function views(call: Call): JsonObject {
  const listed = openTable(call).views.map(({ hides: _, shows: __, ...view }) => view);
  return page(call, listed, (one) => one.view_id);
}

/** These listings carry a token even on their last page. */
function page<T>(call: Call, items: readonly T[], key: (item: T) => string): JsonObject {
  const size = pageSize(call, 100);
  const position = readPosition(call, badPageToken);
  const rest = cut(call, items, { size, position, last: 'token', key });
  return { data: { ...rest, total: items.length } };
}

function endpoint(name: string, path: string, scope: string, answer: Endpoint['answer']): Endpoint {
  const scopes = ['bitable:app', 'bitable:app:readonly', scope];
  return { name, method: 'GET', path, tier: TIER_8, scopes, msg: 'success', answer };
}

/** GET apps/:app_token, tables, fields and views. */
export const baseMeta: readonly Endpoint[] = [
  endpoint('base.apps.get', APP, 'base:app:read', app),
  endpoint('base.tables.list', `${APP}/tables`, 'base:table:read', tables),
  endpoint('base.fields.list', `${APP}/tables/:table_id/fields`, 'base:field:read', fields),
  endpoint('base.views.list', `${APP}/tables/:table_id/views`, 'base:view:read', views),
];
