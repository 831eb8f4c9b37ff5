// Makes the roles of a warehouse, and keeps their privileges up with its tables.

import type { ClientBase, Pool } from 'pg';
import { WarehouseError } from '../../errors.ts';
import { actFor, ownerToActFor } from '../acting.ts';
import { faultOf } from '../failure.ts';
import { addressOf, inTransaction } from '../pool.ts';
import { prefixOf, type Roles, rolesOf } from './names.ts';
import { foundation, grants, type Place } from './statements.ts';

/**
 * Makes the roles that are missing and gives each what it needs, all or nothing; gives the names of those made.
 * Throws WarehouseError.
 */
export function createRoles(pool: Pool, roles: Roles, place: Place): Promise<readonly string[]> {
  return inTransaction(pool, async (client) => {
    const there = await existing(client, roles);
    const missing = Object.values(roles).filter((role) => !there.has(role));
    await requireCreation(client, missing);
    try {
      for (const statement of rolesScript(roles, place)) await client.query(statement);
    } catch (error) {
      const { code, message } = faultOf(error);
      if (code !== '42501') throw error;
      throw new WarehouseError(`the role ${addressOf(pool).user} may not do this: ${message}`, {
        sqlstate: code,
        cause: error,
        hint: bySomebodyElse('the owner of the schemas, or a superuser,'),
      });
    }
    return missing;
  });
}

/** All statements of `createRoles`, in their order. */
export function rolesScript(roles: Roles, place: Place): readonly string[] {
  return [...foundation(roles, place), ...grants(roles, place)];
}

/**
 * Gives the roles what they need of tables that came since; gives the roles, or undefined where there are none
 * or the role that is connected may not act for their owner. Throws WarehouseError.
 */
export function renewGrants(pool: Pool, place: Place): Promise<Roles | undefined> {
  return inTransaction(pool, async (client) => {
    const owner = await ownerToActFor(client, place.schema);
    const prefix = owner === undefined ? undefined : prefixOf(owner);
    if (owner === undefined || prefix === undefined) return undefined;
    const roles = rolesOf(prefix);
    if ((await ownerToActFor(client, place.viewsSchema)) !== owner) return undefined;
    if ((await existing(client, roles)).size < Object.values(roles).length) return undefined;
    await client.query(actFor(owner));
    for (const statement of grants(roles, place)) await client.query(statement);
    return roles;
  });
}

async function existing(client: ClientBase, roles: Roles): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>(
    'select rolname as name from pg_roles where rolname = any($1)',
    [Object.values(roles)],
  );
  return new Set(rows.map(({ name }) => name));
}

async function requireCreation(client: ClientBase, missing: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ may: boolean; name: string }>(
    'select rolcreaterole or rolsuper as may, rolname as name from pg_roles where rolname = current_user',
  );
  const { may = false, name = '' } = rows[0] ?? {};
  if (may || missing.length === 0) return;
  throw new WarehouseError(`the role ${name} may not create roles: ${missing.join(', ')}`, {
    hint: bySomebodyElse('a superuser, or an owner of the schemas who has CREATEROLE,'),
  });
}

function bySomebodyElse(whom: string): string {
  return `let ${whom} run in this database what larkhouse migrate roles --sql prints`;
}
