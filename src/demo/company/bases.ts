/** The demo company's Bases and the wiki node that hosts one of them. */
import { CUSTOMERS_TABLE, ROADMAP_BASE, ROADMAP_NODE, SALES_BASE } from '../constants.ts';
import type { Base, Table, WikiNode } from './base.ts';
import { isWorkday } from './calendar.ts';
import { recordId } from './lives.ts';
import { makeRecords, type Records } from './records.ts';
import type { Staff } from './staff.ts';
import { TABLES, type TableSpec } from './tables.ts';

const NAMES: ReadonlyMap<string, string> = new Map([
  [SALES_BASE, '销售 Sales'],
  [ROADMAP_BASE, '路线图 Roadmap'],
]);

/** Bases of `seed` at any time. */
export function makeBases(
  seed: string,
  staff: Staff,
): (appToken: string, t: number) => Base | undefined {
  const tables = TABLES.map((spec) => ({
    spec,
    records: makeRecords({ seed, table: spec, staff, linkable: linkableOn }),
  }));
  return (appToken, t) => {
    const name = NAMES.get(appToken);
    if (name === undefined) return undefined;
    const own = tables.filter(({ spec }) => spec.appToken === appToken);
    return {
      app_token: appToken,
      name,
      revision: 12,
      is_advanced: false,
      time_zone: 'Asia/Shanghai',
      tables: own.map(({ spec, records }) => tableAt(spec, records, t)),
    };
  };
}

/** The table at `t`; its records are only made when somebody looks. */
function tableAt(spec: TableSpec, records: Records, t: number): Table {
  return {
    table_id: spec.tableId,
    name: spec.name,
    fields: spec.fields.map(({ field }) => field),
    views: [...spec.views],
    get revision() {
      return records.revision(t);
    },
    get records() {
      return records.list(t);
    },
  };
}

/** Customers of the last weeks: all of them outlive a record of that day. */
function linkableOn(day: number): readonly string[] {
  return Array.from({ length: 30 }, (_, index) => day - 1 - index)
    .filter(isWorkday)
    .map((born) => recordId(CUSTOMERS_TABLE, born, 0));
}

/** The wiki node, if `token` is its. */
export function demoWikiNode(token: string, creator: string): WikiNode | undefined {
  if (token !== ROADMAP_NODE) return undefined;
  const made = '1735689600';
  return {
    space_id: '7012003004005006007',
    node_token: ROADMAP_NODE,
    obj_token: ROADMAP_BASE,
    obj_type: 'bitable',
    parent_node_token: '',
    node_type: 'origin',
    title: '路线图 Roadmap',
    has_child: false,
    obj_create_time: made,
    obj_edit_time: made,
    node_create_time: made,
    creator,
    owner: creator,
  };
}
