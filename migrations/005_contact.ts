// Contact: departments, users, and who belongs where.

import type { Knex } from 'knex';
import { deletable, source, tracked } from './ddl/columns.ts';
import { createTables, dropTables, type TableDdl } from './ddl/table.ts';

const tables: readonly TableDdl[] = [
  {
    name: 'contact_departments',
    comment: 'Departments of the organisation.',
    key: ['source', 'open_department_id'],
    columns: {
      ...source,
      open_department_id: ['text', 'open_department_id, beginning with od-.'],
      department_id: ['text', 'department_id, which the organisation may choose.'],
      parent_department_id: ['text', 'The department above; 0 at the top.'],
      name: ['text', 'Name of the department.'],
      i18n_name: ['jsonb', 'Its name by language.'],
      leader_user_id: ['text', 'Id of its leader, of the configured kind. Null: none.'],
      leaders: ['jsonb', 'All leaders, with their kind.'],
      chat_id: ['text', 'Chat of the department. Null: none.'],
      unit_ids: ['jsonb', 'Units that it belongs to.'],
      member_count: ['integer', 'People in it and in the departments below.'],
      primary_member_count: ['integer', 'People whose main department it or one below it is.'],
      order: ['text', 'Place among its siblings; smaller comes first.'],
      status: ['jsonb', 'Whether it is deleted, as Lark says.'],
      ...tracked,
      ...deletable,
    },
  },
  {
    name: 'contact_users',
    comment: 'People of the organisation, as far as the app may see them.',
    key: ['source', 'open_id'],
    columns: {
      ...source,
      open_id: ['text', 'open_id, the same person in all streams of this app.'],
      union_id: ['text', 'union_id, the same person in all apps of one developer.'],
      user_id: [
        'text',
        'user_id, which may be given to somebody else later. Null: the app may not see it.',
      ],
      name: ['text', 'Name.'],
      en_name: ['text', 'English name.'],
      nickname: ['text', 'Nickname.'],
      email: ['text', 'Email. Null: none, or the app may not see it.'],
      enterprise_email: ['text', 'Email given by the organisation.'],
      mobile: ['text', 'Phone number. Null: none, or the app may not see it.'],
      gender: ['integer', '0 undisclosed, 1 male, 2 female, 3 other.'],
      employee_no: ['text', 'Employee number.'],
      employee_type: [
        'integer',
        '1 regular, 2 intern, 3 outsourced, 4 contractor, 5 consultant, or a custom kind.',
      ],
      job_title: ['text', 'Job title.'],
      city: ['text', 'City of work.'],
      country: ['text', 'Country or region of work.'],
      work_station: ['text', 'Desk.'],
      leader_user_id: ['text', 'Id of the direct leader, of the configured kind. Null: none.'],
      department_ids: ['jsonb', 'Departments of the person, ids of the configured kind.'],
      orders: ['jsonb', 'Place of the person in each department.'],
      join_time: ['timestamptz', 'When the person joined.'],
      is_tenant_manager: ['boolean', 'Whether the person is super administrator.'],
      status: ['jsonb', 'Whether frozen, resigned, activated, exited or not joined yet.'],
      avatar: ['jsonb', 'Links of the portrait in several sizes.'],
      custom_attrs: ['jsonb', 'Fields that the organisation added.'],
      payload: ['jsonb', 'The whole user as Lark gave it.'],
      ...tracked,
      ...deletable,
    },
    indexes: ['("source", "user_id")'],
  },
  {
    name: 'contact_user_departments',
    comment: 'Who belongs to which department.',
    key: ['source', 'open_id', 'open_department_id'],
    columns: {
      ...source,
      open_id: ['text', 'The person (contact_users.open_id).'],
      open_department_id: ['text', 'The department (contact_departments.open_department_id).'],
      is_primary_dept: ['boolean', 'Whether it is the main department of the person.'],
      user_order: ['bigint', 'Place of the person in the department; larger comes first.'],
      department_order: [
        'bigint',
        'Place of the department among those of the person; larger comes first.',
      ],
      ...tracked,
      ...deletable,
    },
  },
];

export function up(knex: Knex, schema: string): Promise<void> {
  return createTables(knex, schema, tables);
}

export function down(knex: Knex, schema: string): Promise<void> {
  return dropTables(knex, schema, tables);
}
