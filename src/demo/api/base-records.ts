/** Records of a table: searched page by page, or by their ids. */
import type { BaseRecord, Table, View } from '../company/base.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { isObject, isStrings, type JsonObject } from '../json.ts';
import { TIER_8 } from '../limits.ts';
import { cut, readPosition } from '../paging.ts';
import { fieldViolation } from '../refusal.ts';
import { badPageToken, baseRefusal, openTable, openView, pageSize } from './base-access.ts';
import { searched } from './base-filter.ts';
import { recordWriter } from './base-record-out.ts';
import { readSearchBody } from './base-search-body.ts';

const TABLE = '/bitable/v1/apps/:app_token/tables/:table_id';
const ID_TYPES = ['open_id', 'union_id', 'user_id'] as const;

function search(call: Call): JsonObject {
  const table = openTable(call);
  const size = pageSize(call, 500);
  const body = readSearchBody(call.body, table);
  const view = openView(table, body.viewId);
  const found = searched(table.records, body, view);
  const position = readPosition(call, badPageToken);
  const key = (record: BaseRecord): string => record.record_id;
  const { items, ...rest } = cut(call, found, { size, position, last: 'absent', key });
  const plain = !body.filter && body.sort.length === 0;
  const names = body.names ?? (plain && view ? shownBy(table, view) : undefined);
  const write = recordWriter(call, table, { names, automatic: body.automatic });
  return { data: { items: items.map(write), ...rest, total: found.length } };
}

function shownBy(table: Table, view: View): readonly string[] {
  return table.fields
    .map((field) => field.field_name)
    .filter((name) => !view.hides?.includes(name));
}

function batchGet(call: Call): JsonObject {
  const table = openTable(call, 400);
  const { body } = call;
  if (!isObject(body)) throw baseRefusal(1254001, 'WrongRequestBody', 400);
  const ids = body['record_ids'];
  if (!isStrings(ids) || ids.length === 0) throw fieldViolation('record_ids', 'the min len is 1');
  if (ids.length > 100) throw fieldViolation('record_ids', 'the max len is 100');
  const type = ID_TYPES.find((one) => one === (body['user_id_type'] ?? 'open_id'));
  if (!type) throw fieldViolation('user_id_type', `options: ${ID_TYPES.join(',')}`);
  const byId = new Map(table.records.map((record) => [record.record_id, record]));
  const unique = [...new Set(ids)];
  const automatic = body['automatic_fields'] === true;
  const write = recordWriter(call, table, { names: undefined, automatic, type });
  return {
    data: {
      records: unique.flatMap((id) => byId.get(id) ?? []).map(write),
      forbidden_record_ids: [],
      absent_record_ids: unique.filter((id) => !byId.has(id)),
    },
  };
}

function post(name: string, scope: string, answer: Endpoint['answer']): Endpoint {
  const scopes = ['bitable:app', 'bitable:app:readonly', scope];
  const path = `${TABLE}/records/${name}`;
  return {
    name: `base.records.${name}`,
    method: 'POST',
    path,
    tier: TIER_8,
    scopes,
    msg: 'success',
    answer,
  };
}

/** POST records/search and POST records/batch_get. */
export const baseRecords: readonly Endpoint[] = [
  post('search', 'base:record:retrieve', search),
  post('batch_get', 'base:record:read', batchGet),
];
