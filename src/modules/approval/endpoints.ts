// Approval v4: https://open.larksuite.com/document/server-docs/approval-v4/instance/list

import type { Endpoint } from '../../tenant.ts';
import { tier3, tier4 } from '../tiers.ts';

const read = ['approval:approval', 'approval:approval:readonly'];

export const listInstances: Endpoint = {
  name: 'approval.instances.list',
  method: 'GET',
  path: '/open-apis/approval/v4/instances',
  windows: tier3,
  scopes: [...read, 'approval:instance'],
  items: 'instance_code_list',
  pageSize: 100,
  metered: true,
};

export const getInstance: Endpoint = {
  name: 'approval.instances.get',
  method: 'GET',
  path: '/open-apis/approval/v4/instances/:instance_id',
  windows: tier4,
  scopes: [...read, 'approval:instance'],
  whole: true,
  metered: true,
};

export const getDefinition: Endpoint = {
  name: 'approval.definitions.get',
  method: 'GET',
  path: '/open-apis/approval/v4/approvals/:approval_code',
  windows: tier3,
  scopes: [...read, 'approval:definition'],
  metered: true,
};

/** Custom apps only; lags; leaves revoked instances out after paging, so pages may be short. */
export const queryInstances: Endpoint = {
  name: 'approval.instances.query',
  method: 'POST',
  path: '/open-apis/approval/v4/instances/query',
  windows: tier4,
  scopes: ['approval:approval.list:readonly'],
  items: 'instance_list',
  pageSize: 200,
  metered: true,
};

/** Lags, and leaves tasks of revoked instances out. */
export const searchTasks: Endpoint = {
  name: 'approval.tasks.search',
  method: 'POST',
  path: '/open-apis/approval/v4/tasks/search',
  windows: tier4,
  scopes: ['approval:approval:readonly', 'approval:approval.list:readonly'],
  items: 'task_list',
  pageSize: 200,
  metered: true,
};
