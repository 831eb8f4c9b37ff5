// What the tables must hold, derived from the company alone: it knows nothing of larkhouse but the
// names of tables, keys and columns. It proves the undisturbed replication that others are compared with.

import type { Holdings } from '../../../src/demo/company/handmade.ts';

/** For each table the keys of its live rows, each with a piece of JSON that its row must contain. */
export type Truth = Readonly<Record<string, ReadonlyMap<string, string>>>;

/** `rejected`: keys of rows that cannot be loaded. */
export function truthOf(has: Holdings, rejected: readonly string[] = []): Truth {
  const all: Truth = { ...approvalTruth(has), ...baseTruth(has), ...peopleTruth(has) };
  const loaded = Object.entries(all).map(([table, rows]) => [
    table,
    new Map([...rows].filter(([key]) => !rejected.includes(key))),
  ]);
  return Object.fromEntries(loaded);
}

function approvalTruth({ definitions, instances }: Holdings): Truth {
  const states = parts(instances, ({ instance_code, status }) => [
    [instance_code, member('status', status)],
  ]);
  return {
    approval_definitions: parts(definitions, ({ approval_code, approval_name }) => [
      [approval_code, member('approval_name', approval_name)],
    ]),
    approval_instances: states,
    approval_instance_payloads: states,
    approval_fields: parts(instances, ({ instance_code, form }) =>
      form.map(({ id }, place) => [`${instance_code}/${place}`, member('field_id', id)]),
    ),
    approval_tasks: parts(instances, ({ instance_code, task_list }) =>
      task_list.map(({ id, status }) => [`${instance_code}/${id}`, member('status', status)]),
    ),
    approval_timeline: parts(instances, ({ instance_code, timeline }) =>
      timeline.map(({ type }, place) => [`${instance_code}/${place}`, member('type', type)]),
    ),
    approval_comments: parts(instances, ({ instance_code, comment_list }) =>
      comment_list.map(({ id, comment }) => [`${instance_code}/${id}`, member('comment', comment)]),
    ),
  };
}

function baseTruth({ bases }: Holdings): Truth {
  const tables = bases.flatMap(({ app_token, tables: own }) =>
    own.map((table) => ({ ...table, path: `${app_token}/${table.table_id}` })),
  );
  return {
    base_apps: parts(bases, ({ app_token, name }) => [[app_token, member('name', name)]]),
    base_tables: parts(tables, ({ path, name }) => [[path, member('name', name)]]),
    base_fields: parts(tables, ({ path, fields }) =>
      fields.map(({ field_id, field_name }) => [
        `${path}/${field_id}`,
        member('field_name', field_name),
      ]),
    ),
    base_records: parts(tables, ({ path, records, fields }) => {
      const shown = fields.some(({ field_name }) => field_name === '数量');
      return records.map(({ record_id, fields: cells }) => {
        const number = cells['数量'];
        const isKnown = shown && typeof number === 'number';
        return [`${path}/${record_id}`, isKnown ? member('数量', number) : ''];
      });
    }),
  };
}

function peopleTruth({ users, departments, punches }: Holdings): Truth {
  const atWork = users.filter(({ status }) => status.is_resigned !== true);
  return {
    contact_users: parts(atWork, ({ open_id, name }) => [[open_id, member('name', name)]]),
    contact_user_departments: parts(atWork, ({ open_id, department_ids }) =>
      department_ids.map((id) => [`${open_id}/${id}`, '']),
    ),
    contact_departments: parts(departments, ({ open_department_id, name }) => [
      [open_department_id, member('name', name)],
    ]),
    attendance_flows: parts(punches, ({ record_id, ssid }) => [[record_id, member('ssid', ssid)]]),
  };
}

function parts<T>(
  things: readonly T[],
  rowsOf: (thing: T) => readonly (readonly [key: string, piece: string])[],
): ReadonlyMap<string, string> {
  return new Map(things.flatMap((thing) => rowsOf(thing)));
}

/** As Postgres writes it. */
function member(name: string, value: string | number): string {
  return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
}
