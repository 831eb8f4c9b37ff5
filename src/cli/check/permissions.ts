// The permissions that larkhouse asks an app for, a scope each: what it lets be read, and what is
// missing without it. docs/setup.md has the same list for people, which a test compares.

export interface Permission {
  readonly scope: string;
  readonly module: 'approval' | 'base' | 'attendance' | 'contact';
  /** What is missing without it, as a sentence of at most 40 characters. */
  readonly without: string;
  /** Where Lark leaves a field out instead of refusing the call: whose field, and its name. */
  readonly reveals?: { readonly of: 'department' | 'person'; readonly field: string };
  /** Some tenants do without it on purpose. */
  readonly isOptional?: boolean;
}

/** Read-only ones, the narrowest that do. */
export const permissions: readonly Permission[] = [
  {
    scope: 'approval:approval:readonly',
    module: 'approval',
    without: 'Nothing of Approval is read.',
  },
  {
    scope: 'approval:approval.list:readonly',
    module: 'approval',
    without: 'Closings are seen later, at more calls.',
    isOptional: true,
  },
  { scope: 'bitable:app:readonly', module: 'base', without: 'Nothing of Base is read.' },
  {
    scope: 'wiki:wiki:readonly',
    module: 'base',
    without: 'A Base in a wiki is not found.',
    isOptional: true,
  },
  { scope: 'attendance:task:readonly', module: 'attendance', without: 'No punches are read.' },
  {
    scope: 'contact:contact.base:readonly',
    module: 'contact',
    without: 'Nothing of Contact is read; no punches.',
  },
  {
    scope: 'contact:department.base:readonly',
    module: 'contact',
    without: 'Departments have no name.',
    reveals: { of: 'department', field: 'name' },
  },
  {
    scope: 'contact:department.organize:readonly',
    module: 'contact',
    without: 'Departments have no parent and leader.',
    reveals: { of: 'department', field: 'parent_department_id' },
  },
  {
    scope: 'contact:user.base:readonly',
    module: 'contact',
    without: 'People have no name.',
    reveals: { of: 'person', field: 'name' },
  },
  {
    scope: 'contact:user.employee_id:readonly',
    module: 'contact',
    without: 'user_id is empty; no punches are read.',
    reveals: { of: 'person', field: 'user_id' },
  },
  {
    scope: 'contact:user.department:readonly',
    module: 'contact',
    without: 'People have no department and leader.',
    reveals: { of: 'person', field: 'department_ids' },
  },
  {
    scope: 'contact:user.employee:readonly',
    module: 'contact',
    without: 'People have no status and job title.',
    reveals: { of: 'person', field: 'status' },
  },
  {
    scope: 'contact:user.employee_number:read',
    module: 'contact',
    without: 'employee_no is empty.',
    reveals: { of: 'person', field: 'employee_no' },
    isOptional: true,
  },
  {
    scope: 'contact:user.email:readonly',
    module: 'contact',
    without: 'email is empty.',
    reveals: { of: 'person', field: 'email' },
    isOptional: true,
  },
  {
    scope: 'contact:user.phone:readonly',
    module: 'contact',
    without: 'mobile is empty.',
    reveals: { of: 'person', field: 'mobile' },
    isOptional: true,
  },
  {
    scope: 'contact:user.gender:readonly',
    module: 'contact',
    without: 'gender is empty.',
    reveals: { of: 'person', field: 'gender' },
    isOptional: true,
  },
];

/** Of scopes of which any one would do, the one to add. */
export function recommended(scopes: readonly string[]): string | undefined {
  return permissions.find(({ scope }) => scopes.includes(scope))?.scope ?? scopes[0];
}
