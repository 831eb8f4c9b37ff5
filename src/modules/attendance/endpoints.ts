// Attendance v1: https://open.larksuite.com/document/server-docs/attendance-v1/user_task/query-3

import type { Endpoint } from '../../tenant.ts';
import { tier9 } from '../tiers.ts';

/** At most 50 ids; one unknown id fails the whole call; no paging, so a body may be large. */
export const queryFlows: Endpoint = {
  name: 'attendance.user_flows.query',
  method: 'POST',
  path: '/open-apis/attendance/v1/user_flows/query',
  windows: tier9,
  scopes: ['attendance:task:readonly'],
  items: 'user_flow_results',
  metered: true,
};
