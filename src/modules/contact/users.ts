// All people of the range in one snapshot, each once however many departments list them, and where they belong.

import { isObject, type JsonObject, objectsOf, parseJson } from '../../json.ts';
import type { Page, Read, Replica, Stream, Table } from '../../stream.ts';
import {
  bigint,
  bool,
  epochSeconds,
  int,
  json,
  needed,
  personal,
  raw,
  text,
} from '../../transform/columns.ts';
import { textIn } from '../cursors.ts';
import { expectedPeople } from './expected.ts';
import { peopleOf } from './people.ts';
import { rangeOf } from './range.ts';
import type { ContactSettings } from './settings.ts';

const people: Table = {
  name: 'contact_users',
  key: ['open_id'],
  marksDeletion: true,
  items: ({ user }) => (isObject(user) ? [{ ...user, payload: user }] : []),
  columns: {
    open_id: text(),
    union_id: text(),
    user_id: needed(text()),
    name: text(),
    en_name: text(),
    nickname: text(),
    email: personal(text()),
    enterprise_email: personal(text()),
    mobile: personal(text()),
    gender: personal(int()),
    employee_no: needed(text()),
    employee_type: int(),
    job_title: text(),
    city: text(),
    country: text(),
    work_station: text(),
    leader_user_id: text(),
    department_ids: json(),
    orders: json(),
    join_time: epochSeconds(),
    is_tenant_manager: bool(),
    status: json(),
    avatar: personal(json()),
    custom_attrs: personal(json()),
    payload: raw(json(), 'record'),
  },
};

const memberships: Table = {
  name: 'contact_user_departments',
  key: ['open_id', 'open_department_id'],
  owner: ['open_id'],
  marksDeletion: true,
  items: (record) => {
    const user = isObject(record['user']) ? record['user'] : {};
    const orders = objectsOf(user['orders']);
    return objectsOf(record['memberships']).map(({ id, open_department_id }) => ({
      ...orders.find((order) => order['department_id'] === id),
      open_id: user['open_id'],
      open_department_id,
    }));
  },
  columns: {
    open_id: text(),
    open_department_id: text(),
    is_primary_dept: bool(),
    user_order: bigint(),
    department_order: bigint(),
  },
};

export function users(settings: ContactSettings): Stream {
  return {
    name: 'contact.users',
    tables: [people, memberships],
    after: ['contact.departments'],
    partitions: () => [{ key: 'all' }],
    pages: (read) => pages(settings, read),
    stored: { tables: [people], records: storedUsers },
    expects: ({ lark }) => expectedPeople(lark, settings),
  };
}

async function* pages(settings: ContactSettings, read: Read): AsyncGenerator<Page> {
  const { lark, replica, partition } = read;
  const range = await rangeOf(lark, settings);
  const last = textIn(await replica.cursor('contact.users', partition.key), 'range');
  for await (const records of peopleOf(lark, range, settings)) yield { records };
  yield {
    records: [],
    cursor: { range: range.identity, read_at: await lark.now() },
    covers: {},
    unlike: last !== undefined && last !== range.identity,
  };
}

/** People whose payload was kept. */
async function* storedUsers(replica: Replica): AsyncGenerator<JsonObject> {
  for await (const row of replica.rows('contact_users', ['payload'], { deleted_at: null })) {
    const user = parseJson(row['payload'] ?? 'null');
    if (isObject(user)) yield { user };
  }
}
