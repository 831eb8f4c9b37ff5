// What is followed of an approval code, as the warehouse remembers it.

import type { PgValue, Replica } from '../../stream.ts';
import type { Follow } from './due.ts';

const columns = [
  'instance_code',
  'status',
  'hidden',
  'created_at',
  'settled_at',
  'read_at',
  'due_at',
];

/** The instances that are still to be read again, by code. */
export async function followsOf(
  replica: Replica,
  approvalCode: string,
): Promise<ReadonlyMap<string, Follow>> {
  const follows = new Map<string, Follow>();
  const active = { approval_code: approvalCode, due_at: { atMost: 'infinity' } };
  for await (const row of replica.rows('approval_follows', columns, active)) {
    const code = row['instance_code'] ?? '';
    follows.set(code, {
      instance_code: code,
      approval_code: approvalCode,
      status: row['status'] ?? '',
      hidden: row['hidden'] === 'true' || row['hidden'] === 't',
      created_at: timeOf(row['created_at']),
      settled_at: timeOf(row['settled_at']),
      read_at: timeOf(row['read_at']),
      due_at: timeOf(row['due_at']),
    });
  }
  return follows;
}

function timeOf(text: PgValue | undefined): number {
  return text === null || text === undefined ? 0 : Date.parse(text);
}
