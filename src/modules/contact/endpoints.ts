// Contact v3: https://open.larksuite.com/document/server-docs/contact-v3/resources

import type { Endpoint } from '../../tenant.ts';
import { tier4 } from '../tiers.ts';

const read = [
  'contact:contact.base:readonly',
  'contact:contact:readonly',
  'contact:contact:readonly_as_app',
  'contact:contact:access_as_app',
];

export const listChildren: Endpoint = {
  name: 'contact.departments.children',
  method: 'GET',
  path: '/open-apis/contact/v3/departments/:department_id/children',
  windows: tier4,
  scopes: [...read, 'contact:department.organize:readonly'],
  items: 'items',
  pageSize: 50,
  metered: false,
};

/** At most 50 ids; ids that the app may not see are left out of the answer. */
export const batchGetDepartments: Endpoint = {
  name: 'contact.departments.batch',
  method: 'GET',
  path: '/open-apis/contact/v3/departments/batch',
  windows: tier4,
  scopes: ['contact:contact.base:readonly'],
  metered: false,
};

export const findUsers: Endpoint = {
  name: 'contact.users.find_by_department',
  method: 'GET',
  path: '/open-apis/contact/v3/users/find_by_department',
  windows: tier4,
  scopes: [...read, 'contact:department.organize:readonly'],
  items: 'items',
  pageSize: 50,
  metered: false,
};

/** At most 50 ids. */
export const batchGetUsers: Endpoint = {
  name: 'contact.users.batch',
  method: 'GET',
  path: '/open-apis/contact/v3/users/batch',
  windows: tier4,
  scopes: ['contact:contact.base:readonly'],
  metered: false,
};

/** What the app may see: departments, users and groups over one paging; descendants are not listed. */
export const listScopes: Endpoint = {
  name: 'contact.scopes.list',
  method: 'GET',
  path: '/open-apis/contact/v3/scopes',
  windows: tier4,
  scopes: read,
  pageSize: 100,
  metered: false,
};
