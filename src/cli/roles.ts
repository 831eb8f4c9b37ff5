// `larkhouse migrate roles`: the roles of the warehouse, made or printed for whoever may make them.

import { createRoles, rolesScript } from '../load/roles/create.ts';
import { type Roles, rolesOf } from '../load/roles/names.ts';
import type { CommonFlags } from './flags.ts';
import type { ExitCode } from './outcome.ts';
import { placeOf, type Schemas } from './roles/place.ts';
import { print, type Shell } from './shell.ts';
import type { Warehouse } from './warehouse.ts';

interface RolesFlags extends CommonFlags {
  readonly prefix: string;
}

/** Prints the statements; needs no warehouse. */
export function printRoles(shell: Shell, { json, prefix }: RolesFlags, schemas: Schemas): ExitCode {
  const statements = rolesScript(rolesOf(prefix), placeOf(schemas));
  const script = ['begin', ...statements, 'commit'].map((statement) => `${statement};`);
  print(shell, json ? JSON.stringify({ statements }) : script.join('\n'));
  return 0;
}

/** Throws WarehouseError, also where another role has to do it. */
export async function roles(
  shell: Shell,
  { json, quiet, prefix }: RolesFlags,
  warehouse: Warehouse,
): Promise<ExitCode> {
  const all = rolesOf(prefix);
  const created = await createRoles(warehouse.pool, all, placeOf(warehouse));
  if (json) print(shell, JSON.stringify({ roles: all, created }));
  else if (!quiet) print(shell, textOf(all, created, warehouse));
  return 0;
}

function textOf(
  { owner, loader, analyst, pii }: Roles,
  created: readonly string[],
  { schema, viewsSchema }: Schemas,
): string {
  const made = created.length === 0 ? 'All roles were there' : `Created ${created.join(', ')}`;
  return `${made}; each has what it needs and no more. Nobody can log in as them: grant them to those who can.

  grant ${owner} to ..;    -- runs larkhouse migrate, views and reset; owns ${schema} and ${viewsSchema}
  grant ${loader} to ..;   -- runs larkhouse sync
  grant ${analyst} to ..;  -- reads the views in ${viewsSchema} that show nothing personal; larkhouse views makes them
  grant ${pii} to ..;      -- reads all views and the tables in ${schema}, with all that is personal`;
}
