// Acting for the owner of a schema: whatever is created in it belongs to one role, whoever creates it.

import type { ClientBase } from 'pg';
import { ident } from './identifier.ts';

/**
 * The owner of the schema, where nobody can log in as it and the role that is connected may act for it.
 * Undefined: that role goes on as itself.
 */
export async function ownerToActFor(
  client: ClientBase,
  schema: string,
): Promise<string | undefined> {
  const { rows } = await client.query<{ owner: string }>(
    `select r.rolname as owner from pg_namespace n join pg_roles r on r.oid = n.nspowner
where n.nspname = $1 and not r.rolcanlogin and r.rolname !~ '^pg_' and r.rolname <> current_user
  and pg_has_role(r.oid, 'MEMBER')`,
    [schema],
  );
  return rows[0]?.owner;
}

/** For the rest of the transaction. */
export function actFor(role: string): string {
  return `set local role ${ident(role)}`;
}
