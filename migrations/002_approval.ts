// Approval: definitions, instances with their widgets, tasks, timeline and comments, and what is followed.

import type { Knex } from 'knex';
import { source, tracked } from './ddl/columns.ts';
import { type ColumnDdl, createTables, dropTables, type TableDdl } from './ddl/table.ts';

const instance: Readonly<{ instance_code: ColumnDdl }> = {
  instance_code: ['text', 'The approval instance (approval_instances.instance_code).'],
};
const person: Readonly<Record<'user_id' | 'open_id', ColumnDdl>> = {
  user_id: ['text', 'user_id of the person. Null when Lark gives none, e.g. for automatic steps.'],
  open_id: ['text', 'open_id of the person, as in contact_users. Null when Lark gives none.'],
};

const tables: readonly TableDdl[] = [
  {
    name: 'approval_definitions',
    comment: 'Kinds of approval (templates), one row for each configured approval code.',
    key: ['source', 'approval_code'],
    columns: {
      ...source,
      approval_code: ['text', 'Code of the definition.'],
      approval_name: ['text', 'Name of the definition, in the configured locale.'],
      status: ['text', 'ACTIVE, INACTIVE, DELETED or UNKNOWN.'],
      form: ['jsonb', 'The widgets of its form, as Lark describes them.'],
      node_list: ['jsonb', 'The steps of its process.'],
      ...tracked,
    },
  },
  {
    name: 'approval_instance_payloads',
    comment: 'Approval instances exactly as Lark gave them.',
    key: ['source', 'instance_code'],
    columns: {
      ...source,
      instance_code: ['text', 'Code of the instance.'],
      approval_code: ['text', 'Code of its definition (approval_definitions.approval_code).'],
      payload: ['jsonb', 'The whole instance; everything in the other tables comes from here.'],
      ...tracked,
    },
  },
  {
    name: 'approval_instances',
    comment: 'Approval instances: one row for each submitted request.',
    key: ['source', 'instance_code'],
    columns: {
      ...source,
      instance_code: ['text', 'Code of the instance.'],
      approval_code: ['text', 'Code of its definition (approval_definitions.approval_code).'],
      approval_name: ['text', 'Name of its definition when the instance was read.'],
      serial_number: ['text', 'The number people see, unique within the tenant.'],
      uuid: ['text', 'The id that the creator of the instance gave it. Null when Lark gives none.'],
      status: ['text', 'PENDING, APPROVED, REJECTED, CANCELED or DELETED.'],
      user_id: ['text', 'user_id of the person who submitted it.'],
      open_id: ['text', 'open_id of the person who submitted it, as in contact_users.'],
      department_id: ['text', 'department_id of the submitter, as in contact_departments.'],
      start_time: ['timestamptz', 'When it was submitted.'],
      end_time: ['timestamptz', 'When it was closed. Null while it is open.'],
      reverted: ['boolean', 'Whether it was revoked after it had been approved.'],
      reverted_instance_code: [
        'text',
        'For a request to revoke: the instance it revokes. Else null.',
      ],
      modified_instance_code: [
        'text',
        'For a request to change: the instance it changes. Else null.',
      ],
      ...tracked,
    },
    indexes: ['("source", "approval_code", "start_time")'],
  },
  {
    name: 'approval_fields',
    comment:
      'The filled-in form of an instance: one row a widget, and one for each cell of a table widget.',
    key: ['source', 'instance_code', 'position'],
    columns: {
      ...source,
      ...instance,
      position: ['integer', 'Place in the form, from 0; the cells of a table follow the table.'],
      field_id: ['text', 'id of the widget.'],
      custom_id: ['text', 'Id that the form designer gave the widget. Null: none.'],
      name: ['text', 'Label of the widget.'],
      type: ['text', 'Kind of the widget, e.g. input, amount, date, fieldList.'],
      parent_field_id: ['text', 'For the cell of a table: id of the table widget. Else null.'],
      row_index: ['integer', 'For the cell of a table: its row, from 0. Else null.'],
      value: ['jsonb', 'The value as Lark gave it. Null: not filled in.'],
      value_text: ['text', 'The value as readable text. Null: not filled in.'],
      value_number: ['numeric', 'The value of number, amount and formula widgets. Else null.'],
      value_time: ['timestamptz', 'The value of date widgets. Else null.'],
      ext: ['jsonb', 'What Lark adds to the value, e.g. currency or file names.'],
      ...tracked,
    },
  },
  {
    name: 'approval_tasks',
    comment: 'What each approver was asked to do in an instance.',
    key: ['source', 'instance_code', 'task_id'],
    columns: {
      ...source,
      ...instance,
      task_id: ['text', 'id of the task.'],
      ...person,
      status: ['text', 'PENDING, APPROVED, REJECTED, TRANSFERRED or DONE.'],
      node_id: ['text', 'id of the step of the process.'],
      node_name: ['text', 'Name of the step.'],
      custom_node_id: ['text', 'Id that the process designer gave the step. Null: none.'],
      type: ['text', 'How the step is decided: AND, OR, AUTO_PASS, AUTO_REJECT or SEQUENTIAL.'],
      start_time: ['timestamptz', 'When the task was assigned.'],
      end_time: ['timestamptz', 'When the task was finished. Null while it is open.'],
      ...tracked,
    },
  },
  {
    name: 'approval_timeline',
    comment: 'What happened to an instance, step by step.',
    key: ['source', 'instance_code', 'position'],
    columns: {
      ...source,
      ...instance,
      position: ['integer', 'Place in the timeline, from 0.'],
      type: ['text', 'What happened, e.g. START, PASS, REJECT, TRANSFER, CC, CANCEL.'],
      create_time: ['timestamptz', 'When it happened.'],
      ...person,
      user_id_list: ['jsonb', 'user_ids of the people concerned, e.g. who got a copy.'],
      open_id_list: ['jsonb', 'open_ids of the people concerned.'],
      task_id: ['text', 'The task concerned (approval_tasks.task_id). Null: none.'],
      comment: ['text', 'The reason that was given. Null: none could be given.'],
      cc_user_list: ['jsonb', 'The people who got a copy, with ids.'],
      ext: ['jsonb', 'What Lark adds, e.g. to whom a task was transferred.'],
      node_key: ['text', 'Key of the step of the process.'],
      files: ['jsonb', 'Attached files; their links expire.'],
      ...tracked,
    },
  },
  {
    name: 'approval_comments',
    comment: 'Comments that people left on an instance.',
    key: ['source', 'instance_code', 'comment_id'],
    columns: {
      ...source,
      ...instance,
      comment_id: ['text', 'id of the comment.'],
      ...person,
      comment: ['text', 'The comment.'],
      create_time: ['timestamptz', 'When it was written, to the second.'],
      files: ['jsonb', 'Attached files; their links expire.'],
      ...tracked,
    },
  },
  {
    name: 'approval_follows',
    comment: 'Bookkeeping of larkhouse: which instances are read again, and when. No data of Lark.',
    key: ['source', 'instance_code'],
    columns: {
      ...source,
      ...instance,
      approval_code: ['text', 'Code of its definition (approval_definitions.approval_code).'],
      status: ['text', 'Status of the instance when it was last read. Null: not read yet.'],
      hidden: ['boolean', 'The status search leaves it out, as it does with revoked instances.'],
      created_at: ['timestamptz', 'When the instance was submitted, as far as known.'],
      read_at: ['timestamptz', 'When the instance was last read. Null: not read yet.'],
      settled_at: ['timestamptz', 'When it ended, as far as known. Null while it is open.'],
      due_at: ['timestamptz', 'When it is read again. Null: never.'],
      ...tracked,
    },
    indexes: ['("source", "approval_code", "due_at")'],
  },
];

export function up(knex: Knex, schema: string): Promise<void> {
  return createTables(knex, schema, tables);
}

export function down(knex: Knex, schema: string): Promise<void> {
  return dropTables(knex, schema, tables);
}
