// The tables of an approval instance: what Lark gave, and its parts as rows of their own.

import { asSent, isObject, type JsonObject, JsonText, objectsOf } from '../../json.ts';
import type { PgValue, Table } from '../../stream.ts';
import {
  bool,
  comparedBy,
  epochMs,
  int,
  isoTime,
  json,
  jsonText,
  numeric,
  personal,
  raw,
  text,
  unorderedJson,
} from '../../transform/columns.ts';
import { comparableFiles, comparableInstance, comparableValue, hasUrls } from './comparable.ts';
import { widgetsOf } from './widgets.ts';

/** A record of `approval.instances`: the instance as Lark gave it, and when it is read next. */
export interface InstanceRecord extends JsonObject {
  readonly instance: JsonObject;
  readonly follow: JsonObject;
}

function instanceOf(record: JsonObject): JsonObject {
  const instance = record['instance'];
  return isObject(instance) ? instance : {};
}

function part(field: string): (record: JsonObject) => Iterable<JsonObject> {
  return (record) => {
    const instance = instanceOf(record);
    return objectsOf(instance[field]).map((entry, position) => ({
      ...entry,
      instance_code: instance['instance_code'],
      position,
    }));
  };
}

const owner = ['instance_code'] as const;
const files = personal(comparedBy(json('files'), (item) => comparableFiles(item['files'])));

export const instances: Table = {
  name: 'approval_instances',
  key: ['instance_code'],
  items: (record) => [instanceOf(record)],
  columns: {
    instance_code: text(),
    approval_code: text(),
    approval_name: text(),
    serial_number: text(),
    uuid: text(),
    status: text(),
    user_id: text(),
    open_id: text(),
    department_id: text(),
    start_time: epochMs(),
    end_time: epochMs(),
    reverted: bool(),
    reverted_instance_code: text(),
    modified_instance_code: text(),
  },
};

export const payloads: Table = {
  name: 'approval_instance_payloads',
  key: ['instance_code'],
  owner,
  items: (record) => {
    const instance = instanceOf(record);
    const { instance_code, approval_code, [asSent]: sent } = instance;
    const payload = sent === undefined ? instance : new JsonText(sent.source, sent.start, sent.end);
    return [{ instance_code, approval_code, payload, instance }];
  },
  columns: {
    instance_code: text(),
    approval_code: text(),
    payload: raw(
      comparedBy(unorderedJson(), ({ instance }) =>
        isObject(instance) ? comparableInstance(instance) : undefined,
      ),
      'record',
    ),
  },
};

export const fields: Table = {
  name: 'approval_fields',
  key: ['instance_code', 'position'],
  owner,
  items: (record) => widgetsOf(instanceOf(record)),
  columns: {
    instance_code: text(),
    position: int(),
    field_id: text('id'),
    custom_id: text(),
    name: text(),
    type: text(),
    parent_field_id: text(),
    row_index: int(),
    value: raw(comparedBy(json(), comparableValue), 'row'),
    value_text: personal(comparedBy(text(), comparableText)),
    value_number: personal(numeric()),
    value_time: personal(isoTime()),
    ext: raw(json(), 'row'),
  },
};

function comparableText(item: JsonObject): PgValue | undefined {
  return hasUrls(item) ? null : undefined;
}

export const tasks: Table = {
  name: 'approval_tasks',
  key: ['instance_code', 'task_id'],
  owner,
  items: part('task_list'),
  columns: {
    instance_code: text(),
    task_id: text('id'),
    user_id: text(),
    open_id: text(),
    status: text(),
    node_id: text(),
    node_name: text(),
    custom_node_id: text(),
    type: text(),
    start_time: epochMs(),
    end_time: epochMs(),
  },
};

export const timeline: Table = {
  name: 'approval_timeline',
  key: ['instance_code', 'position'],
  owner,
  items: part('timeline'),
  columns: {
    instance_code: text(),
    position: int(),
    type: text(),
    create_time: epochMs(),
    user_id: text(),
    open_id: text(),
    user_id_list: json(),
    open_id_list: json(),
    task_id: text(),
    comment: personal(text()),
    cc_user_list: json(),
    ext: personal(jsonText()),
    node_key: text(),
    files,
  },
};

export const comments: Table = {
  name: 'approval_comments',
  key: ['instance_code', 'comment_id'],
  owner,
  items: part('comment_list'),
  columns: {
    instance_code: text(),
    comment_id: text('id'),
    user_id: text(),
    open_id: text(),
    comment: personal(text()),
    create_time: epochMs(),
    files,
  },
};

export const follows: Table = {
  name: 'approval_follows',
  key: ['instance_code'],
  owner,
  bookkeeping: true,
  items: ({ follow }) => (isObject(follow) ? [follow] : []),
  columns: {
    instance_code: text(),
    approval_code: text(),
    status: text(),
    hidden: bool(),
    created_at: epochMs(),
    settled_at: epochMs(),
    read_at: epochMs(),
    due_at: epochMs(),
  },
};
