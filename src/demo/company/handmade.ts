/** A small company that tests build and change by hand; it has no past, only a present. */
import { advance, type InstanceEvent } from './advance.ts';
import type { Definition, Instance } from './approval.ts';
import type { Base, BaseRecord, Cells, Table, WikiNode } from './base.ts';
import type { Company } from './company.ts';
import type { Department, Punch, User } from './people.ts';
import { plainDepartment, plainPunch, plainUser } from './plain.ts';
import { plainDefinition, plainInstance } from './plain-approval.ts';
import { plainBase, plainRecord, plainTable, plainWikiNode } from './plain-base.ts';

/** Everything the company has; push, splice and edit at will. */
export interface Holdings {
  readonly users: User[];
  readonly departments: Department[];
  readonly groups: string[];
  readonly definitions: Definition[];
  readonly instances: Instance[];
  readonly bases: Base[];
  readonly wikiNodes: WikiNode[];
  /** All valid punches. */
  readonly punches: Punch[];
}

/** A company with its holdings, and short ways to add to them; times are epoch ms. */
export interface HandmadeCompany extends Company {
  readonly has: Holdings;
  addUser(given?: Partial<User>): User;
  addDepartment(given?: Partial<Department>): Department;
  addDefinition(given?: Partial<Definition>): Definition;
  /** A pending instance started by the first user. */
  addInstance(definition: Definition, at: number, given?: Partial<Instance>): Instance;
  /** Ends an instance, or revokes an approved one. */
  advance(instance: Instance, event: InstanceEvent, at: number): void;
  comment(instance: Instance, text: string, at: number): void;
  addBase(given?: Partial<Base>): Base;
  addTable(base: Base, given?: Partial<Table>): Table;
  /** These three raise the table's revision. */
  addRecord(table: Table, at: number, given?: Partial<BaseRecord>): BaseRecord;
  editRecord(table: Table, record: BaseRecord, fields: Cells, at: number): void;
  deleteRecord(table: Table, record: BaseRecord): void;
  addWikiNode(base: Base, given?: Partial<WikiNode>): WikiNode;
  addPunch(user: User, at: number, given?: Partial<Punch>): Punch;
}

/** An empty company. */
export function handmadeCompany(): HandmadeCompany {
  const has: Holdings = {
    users: [],
    departments: [],
    groups: [],
    definitions: [],
    instances: [],
    bases: [],
    wikiNodes: [],
    punches: [],
  };
  let count = 0;
  const next = (): number => {
    count += 1;
    return count;
  };
  const add = <T>(list: T[], one: T): T => {
    list.push(one);
    return one;
  };
  const first = (): User => has.users[0] ?? add(has.users, plainUser(next(), {}));
  return {
    has,
    ...reading(has),
    advance,
    addUser: (given = {}) => add(has.users, plainUser(next(), given)),
    addDepartment: (given = {}) => add(has.departments, plainDepartment(next(), given)),
    addDefinition: (given = {}) => add(has.definitions, plainDefinition(next(), given)),
    addInstance: (definition, at, given = {}) =>
      add(has.instances, plainInstance(next(), definition, first(), at, given)),
    comment(instance, comment, at) {
      const { user_id, open_id } = first();
      const create_time = String(Math.floor(at / 1000) * 1000);
      instance.comment_list.push({ id: `72${next()}`, user_id, open_id, comment, create_time });
    },
    addBase: (given = {}) => add(has.bases, plainBase(next(), given)),
    addTable: (base, given = {}) => add(base.tables, plainTable(next(), given)),
    addRecord(table, at, given = {}) {
      table.revision += 1;
      return add(table.records, plainRecord(next(), at, given));
    },
    editRecord(table, record, fields, at) {
      table.revision += 1;
      Object.assign(record.fields, fields);
      record.last_modified_time = at;
    },
    deleteRecord(table, record) {
      table.revision += 1;
      table.records.splice(table.records.indexOf(record), 1);
    },
    addWikiNode: (base, given = {}) => add(has.wikiNodes, plainWikiNode(next(), base, given)),
    addPunch: (user, at, given = {}) => add(has.punches, plainPunch(next(), user, at, given)),
  };
}

function reading(has: Holdings): Company {
  return {
    definition: (code) => has.definitions.find((one) => one.approval_code === code),
    instances: (t, { approvalCode, from, to } = {}) =>
      has.instances
        .filter((one) => approvalCode === undefined || one.approval_code === approvalCode)
        .filter(({ start_time }) => Number(start_time) <= t && Number(start_time) >= (from ?? 0))
        .filter(({ start_time }) => to === undefined || Number(start_time) < to)
        .toSorted((a, b) => Number(a.start_time) - Number(b.start_time)),
    instance: (code, t) =>
      has.instances.find(
        (one) => (one.instance_code === code || one.uuid === code) && Number(one.start_time) <= t,
      ),
    base: (appToken) => has.bases.find((one) => one.app_token === appToken),
    wikiNode: (token) => has.wikiNodes.find((one) => one.node_token === token),
    users: () => has.users,
    departments: () => has.departments,
    groups: () => has.groups,
    punches: (userIds, from, to) =>
      has.punches.filter(
        ({ user_id, check_time }) =>
          userIds.includes(user_id) && Number(check_time) >= from && Number(check_time) < to,
      ),
  };
}
