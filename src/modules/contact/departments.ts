// All departments of the range in one snapshot.

import type { Page, Read, Stream, Table } from '../../stream.ts';
import { int, json, text } from '../../transform/columns.ts';
import { textIn } from '../cursors.ts';
import { expectedDepartments } from './expected.ts';
import { departmentsIn, rangeOf } from './range.ts';
import type { ContactSettings } from './settings.ts';

const table: Table = {
  name: 'contact_departments',
  key: ['open_department_id'],
  marksDeletion: true,
  columns: {
    open_department_id: text(),
    department_id: text(),
    parent_department_id: text(),
    name: text(),
    i18n_name: json(),
    leader_user_id: text(),
    leaders: json(),
    chat_id: text(),
    unit_ids: json(),
    member_count: int(),
    primary_member_count: int(),
    order: text(),
    status: json(),
  },
};

export function departments(settings: ContactSettings): Stream {
  return {
    name: 'contact.departments',
    tables: [table],
    partitions: () => [{ key: 'all' }],
    pages: (read) => pages(settings, read),
    expects: ({ lark }) => expectedDepartments(lark, settings),
  };
}

async function* pages(settings: ContactSettings, read: Read): AsyncGenerator<Page> {
  const { lark, replica, partition } = read;
  const range = await rangeOf(lark, settings);
  const last = textIn(await replica.cursor('contact.departments', partition.key), 'range');
  for await (const records of departmentsIn(lark, range, settings)) yield { records };
  yield {
    records: [],
    cursor: { range: range.identity, read_at: await lark.now() },
    covers: {},
    unlike: last !== undefined && last !== range.identity,
  };
}
