// What the warehouse needs: to be reached, to be new enough, rights, migrations.

import type { Warehouse as Settings } from '../../config/warehouse.ts';
import { describe, SchemaError, WarehouseError } from '../../errors.ts';
import { ident } from '../../load/identifier.ts';
import { migrationStatus } from '../../load/migrate.ts';
import { openPool, query } from '../../load/pool.ts';
import { examine } from '../../load/preflight.ts';
import { exposureOf } from '../../load/tls.ts';
import { everyStream } from '../../modules/everything.ts';
import type { Shell } from '../shell.ts';
import { openWarehouse, warehouseExists } from '../warehouse.ts';
import type { Check } from './check.ts';

export function warehouseChecks(shell: Shell, settings: Settings): readonly Check[] {
  return [{ name: 'warehouse', run: () => reach(shell, settings) }];
}

async function reach(shell: Shell, settings: Settings): ReturnType<Check['run']> {
  if (!(await warehouseExists(shell, settings))) {
    return { detail: 'embedded Postgres: the first sync creates it under .larkhouse' };
  }
  const warehouse = await openWarehouse(shell, settings);
  try {
    const [row] = await query<{ version: string }>(
      warehouse.pool,
      "select current_setting('server_version') as version",
    );
    const kind = warehouse.embedded === undefined ? 'Postgres' : 'embedded Postgres';
    const { url, schema } = warehouse;
    const warning = exposureOf(url);
    return {
      detail: `${kind} ${row?.version ?? ''}`,
      ...(warning === undefined ? {} : { warning }),
      next: [rightsCheck(url, schema), migrationsCheck(url, schema)],
    };
  } finally {
    await warehouse.close();
  }
}

function rightsCheck(url: string, schema: string): Check {
  return {
    name: 'warehouse rights',
    run: async () => {
      const pool = openPool(url, { max: 1 });
      try {
        const wrong = await examine(pool, schema, everyStream);
        // A schema that is not there yet is told by the migrations.
        const lacking = wrong.filter((error) => !(error instanceof SchemaError));
        const [first, ...others] = lacking;
        if (first === undefined) return { detail: `schema ${schema}` };
        throw others.length === 0 ? first : new WarehouseError(lacking.map(describe).join('\n'));
      } finally {
        await pool.end();
      }
    },
  };
}

function migrationsCheck(url: string, schema: string): Check {
  return {
    name: 'warehouse migrations',
    run: async () => {
      const states = await migrationStatus(url, schema);
      const pending = states.filter(({ appliedAt }) => appliedAt === undefined);
      if (pending.length === 0) return { detail: 'all applied' };
      await requireCreation(url, schema);
      const names = pending.map(({ name }) => name).join(', ');
      return { warning: `pending: ${names}. The next sync applies them, or larkhouse migrate up.` };
    },
  };
}

/** Throws WarehouseError when the role may not create what migrations create. */
async function requireCreation(url: string, schema: string): Promise<void> {
  const pool = openPool(url, { max: 1 });
  try {
    const [row] = await query<{ may: boolean; role: string; place: string; name: string }>(
      pool,
      `select current_user as role,
  case when n.oid is null then has_database_privilege(current_database(), 'CREATE')
    else has_schema_privilege(n.oid, 'CREATE') end as may,
  case when n.oid is null then 'database' else 'schema' end as place,
  coalesce(n.nspname, current_database()) as name
from (select $1::text as wanted) w left join pg_namespace n on n.nspname = w.wanted`,
      [schema],
    );
    if (row === undefined || row.may) return;
    throw new WarehouseError(
      `the role ${row.role} may not create in the ${row.place} ${row.name}`,
      {
        hint: `as its owner run: grant create on ${row.place} ${ident(row.name)} to ${ident(row.role)}`,
      },
    );
  } finally {
    await pool.end();
  }
}
