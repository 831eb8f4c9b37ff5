// What credentials let be seen, as data; its names are those of Lark's API.

export interface FieldSight {
  readonly field_id: string;
  readonly field_name: string;
  readonly ui_type: string;
}

export interface TableSight {
  readonly table_id: string;
  readonly name: string;
  readonly fields: readonly FieldSight[];
}

export interface BaseSight {
  readonly app_token: string;
  readonly name: string;
  readonly tables: readonly TableSight[];
}

export interface DepartmentSight {
  readonly open_department_id: string;
  readonly parent_department_id: string;
  readonly name: string;
  /** People in it and below; null where Lark does not say. */
  readonly member_count: number | null;
}

export interface CodeSight {
  readonly approval_code: string;
  readonly name: string;
  /** Of the definition; null where it was not read. */
  readonly status: string | null;
  readonly seen: 'configuration' | 'tasks of people' | 'warehouse';
}

/** What one source sees. */
export interface Sight {
  readonly source: string;
  readonly bases: readonly BaseSight[];
  readonly departments: readonly DepartmentSight[];
  readonly approval_codes: readonly CodeSight[];
  /** What could not be looked at, each with what to do about it. */
  readonly errors: readonly string[];
}
