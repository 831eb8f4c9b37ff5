/** Plain Bases, tables, records and wiki nodes for companies that tests build by hand. */
import type { Base, BaseRecord, Table, WikiNode } from './base.ts';
import { idOf } from './plain.ts';

/** A Base without tables. */
export function plainBase(n: number, given: Partial<Base>): Base {
  return {
    app_token: `basc${String(n).padStart(22, '0')}`,
    name: `Base ${n}`,
    revision: 1,
    is_advanced: false,
    time_zone: 'Asia/Shanghai',
    tables: [],
    ...given,
  };
}

/** A table with a text field `标题` and a number field `数量`. */
export function plainTable(n: number, given: Partial<Table>): Table {
  const field = { property: null, is_hidden: false };
  return {
    table_id: `tbl${String(n).padStart(13, '0')}`,
    name: `数据表 ${n}`,
    revision: 1,
    fields: [
      {
        ...field,
        field_id: 'fldtitle01',
        field_name: '标题',
        type: 1,
        ui_type: 'Text',
        is_primary: true,
      },
      {
        ...field,
        field_id: 'fldnumber1',
        field_name: '数量',
        type: 2,
        ui_type: 'Number',
        is_primary: false,
      },
    ],
    views: [
      {
        view_id: `vew${String(n).padStart(7, '0')}`,
        view_name: '表格',
        view_type: 'grid',
        view_public_level: 'Public',
      },
    ],
    records: [],
    ...given,
  };
}

/** A record created and last modified at `at`, epoch ms. */
export function plainRecord(n: number, at: number, given: Partial<BaseRecord>): BaseRecord {
  const person = { id: idOf('ou_', 1), name: '同事 1' };
  return {
    record_id: `rec${String(n).padStart(8, '0')}`,
    fields: { 标题: [{ type: 'text', text: `记录 ${n}` }], 数量: n },
    created_time: at,
    last_modified_time: at,
    created_by: person,
    last_modified_by: person,
    ...given,
  };
}

/** A wiki node that stands for `base`. */
export function plainWikiNode(n: number, base: Base, given: Partial<WikiNode>): WikiNode {
  const made = '1700000000';
  return {
    space_id: `70000000000000000${n}`,
    node_token: `wikc${String(n).padStart(22, '0')}`,
    obj_token: base.app_token,
    obj_type: 'bitable',
    parent_node_token: '',
    node_type: 'origin',
    title: base.name,
    has_child: false,
    obj_create_time: made,
    obj_edit_time: made,
    node_create_time: made,
    creator: idOf('ou_', 1),
    owner: idOf('ou_', 1),
    ...given,
  };
}
