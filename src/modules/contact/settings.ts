export interface ContactSettings {
  /** Empty: the root department, or what the app may see. */
  readonly departmentIds: readonly string[];
  readonly departmentIdType: 'open_department_id' | 'department_id';
  readonly userIdType: 'open_id' | 'union_id' | 'user_id';
}
