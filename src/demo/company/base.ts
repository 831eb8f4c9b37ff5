/** Bases, their tables, fields, views and records as Lark shows them. */

/** Cells by field name in the shapes of records/search; an empty cell is absent. */
export type Cells = Record<string, unknown>;

export interface Field {
  field_id: string;
  field_name: string;
  type: number;
  ui_type: string;
  property: object | null;
  is_primary: boolean;
  is_hidden?: boolean;
  description?: string;
}

export interface View {
  view_id: string;
  view_name: string;
  view_type: 'grid' | 'kanban' | 'gallery' | 'gantt' | 'form';
  view_public_level: 'Public' | 'Locked' | 'Private';
  /** Names of the fields that the view hides. */
  hides?: readonly string[];
  /** Which records the view shows; absent: all. */
  shows?: (record: BaseRecord) => boolean;
}

/** A person in a cell. */
export interface Person {
  id: string;
  name?: string;
  en_name?: string;
  email?: string;
  avatar_url?: string;
}

/** A record; times are epoch ms, people carry their open_id. */
export interface BaseRecord {
  record_id: string;
  fields: Cells;
  created_time: number;
  last_modified_time: number;
  created_by: Person;
  last_modified_by: Person;
}

export interface Table {
  table_id: string;
  name: string;
  revision: number;
  fields: Field[];
  views: View[];
  /** In the order that a listing gives them. */
  records: BaseRecord[];
}

export interface Base {
  app_token: string;
  name: string;
  revision: number;
  is_advanced: boolean;
  time_zone: string;
  tables: Table[];
}

/** A node of a wiki; times are epoch seconds as text. */
export interface WikiNode {
  space_id: string;
  node_token: string;
  obj_token: string;
  obj_type: string;
  parent_node_token: string;
  node_type: string;
  title: string;
  has_child: boolean;
  obj_create_time: string;
  obj_edit_time: string;
  node_create_time: string;
  creator: string;
  owner: string;
}
