// Base v1: https://open.larksuite.com/document/server-docs/docs/bitable-v1/bitable-overview

import type { Endpoint } from '../../tenant.ts';
import { tier3, tier8 } from '../tiers.ts';

const read = ['bitable:app', 'bitable:app:readonly'];
const base = '/open-apis/bitable/v1/apps/:app_token';

export const getApp: Endpoint = {
  name: 'base.apps.get',
  method: 'GET',
  path: base,
  windows: tier8,
  scopes: [...read, 'base:app:read'],
  metered: true,
  serial: true,
};

export const listTables: Endpoint = {
  name: 'base.tables.list',
  method: 'GET',
  path: `${base}/tables`,
  windows: tier8,
  scopes: [...read, 'base:table:read'],
  items: 'items',
  pageSize: 100,
  metered: true,
  serial: true,
};

export const listFields: Endpoint = {
  name: 'base.fields.list',
  method: 'GET',
  path: `${base}/tables/:table_id/fields`,
  windows: tier8,
  scopes: [...read, 'base:field:read'],
  items: 'items',
  pageSize: 100,
  metered: true,
  serial: true,
};

export const searchRecords: Endpoint = {
  name: 'base.records.search',
  method: 'POST',
  path: `${base}/tables/:table_id/records/search`,
  windows: tier8,
  scopes: [...read, 'base:record:retrieve'],
  items: 'items',
  verbatim: ['fields', 'created_by', 'last_modified_by'],
  pageSize: 500,
  metered: true,
  serial: true,
};

export const batchGetRecords: Endpoint = {
  name: 'base.records.batch_get',
  method: 'POST',
  path: `${base}/tables/:table_id/records/batch_get`,
  windows: tier8,
  scopes: [...read, 'base:record:read'],
  metered: true,
  serial: true,
};

export const getWikiNode: Endpoint = {
  name: 'wiki.spaces.get_node',
  method: 'GET',
  path: '/open-apis/wiki/v2/spaces/get_node',
  windows: tier3,
  scopes: ['wiki:node:read', 'wiki:wiki:readonly', 'wiki:wiki'],
  metered: true,
};
