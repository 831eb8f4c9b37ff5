/** What the contact endpoints share: scopes, refusals, page tokens, ids of departments. */
import type { Department } from '../company/people.ts';
import type { Call } from '../endpoint.ts';
import { type Query, readQuery } from '../query.ts';
import { fieldViolation, Refusal } from '../refusal.ts';
import type { DepartmentIdType } from './user-ids.ts';

/** Scopes that open everything but the guarded fields. */
export const BROAD: readonly string[] = [
  'contact:contact:readonly',
  'contact:contact:readonly_as_app',
  'contact:contact:access_as_app',
];
/** Any of these reads contacts. */
export const READ_CONTACTS: readonly string[] = ['contact:contact.base:readonly', ...BROAD];
/** The two listings of the tree accept one more. */
export const READ_TREE: readonly string[] = [
  ...READ_CONTACTS,
  'contact:department.organize:readonly',
];
/** The two batches accept only this. */
export const READ_BATCH: readonly string[] = ['contact:contact.base:readonly'];

/** Contact's reading of query parameters. */
export function contactQuery(call: Call): Query {
  return readQuery(call.search, (name, why) =>
    name === 'page_size'
      ? new Refusal(400, 40011, `page size is invalid: ${why}`)
      : new Refusal(400, 40001, `param error: ${name}, ${why}`),
  );
}

export function badPageToken(): Refusal {
  return new Refusal(400, 40012, 'page token is invalid');
}

/** open_department_id of a department named in the id type asked for; '0' is itself. */
export function openDepartmentId(
  departments: readonly Department[],
  type: DepartmentIdType,
  id: string,
): string | undefined {
  if (id === '0') return id;
  return departments.find((one) => one[type] === id)?.open_department_id;
}

/** A list parameter of at most 50 values; none or more are refused. */
export function fifty(query: Query, name: string): readonly string[] {
  const values = query.list(name);
  if (values.length === 0) throw fieldViolation(name, `${name} is required`);
  if (values.length > 50) throw fieldViolation(name, 'the max len is 50');
  return values;
}
