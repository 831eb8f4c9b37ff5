// Connections to the warehouse: how they are configured, and clients that never crash the process.

import { Client, Pool, type PoolClient } from 'pg';
import { type Address, throughDoor } from './failure.ts';

const minute = 60_000;

export interface PoolLimits {
  /** Connections at most; a writer holds one while it is open, runs and leases have their own. Default 16. */
  readonly max?: number;
}

/** A pool for the warehouse at this URL. Connects when first used. */
export function openPool(url: string, { max = 16 }: PoolLimits = {}): Pool {
  const pool = new Pool({ ...connectionSettings(url), max, idleTimeoutMillis: minute });
  // Without listeners a lost connection would end the process; whoever uses it is told by its query.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** How larkhouse connects, whatever for; times in ms. */
export interface ConnectionSettings {
  readonly connectionString: string;
  readonly application_name: string;
  readonly connectionTimeoutMillis: number;
  readonly keepAlive: boolean;
  readonly keepAliveInitialDelayMillis: number;
  readonly statement_timeout: number;
  readonly lock_timeout: number;
  readonly idle_in_transaction_session_timeout: number;
  readonly ssl: boolean;
}

export function connectionSettings(url: string): ConnectionSettings {
  const { host } = new Client({ connectionString: url });
  return {
    connectionString: url,
    application_name: 'larkhouse',
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    statement_timeout: 30 * minute,
    lock_timeout: minute,
    idle_in_transaction_session_timeout: 5 * minute,
    // What the URL says of TLS goes before this.
    ssl: !isLocal(host),
  };
}

function isLocal(host: string): boolean {
  return host.startsWith('/') || /^(?:localhost|127\.[\d.]+|\[?::1\]?)$/.test(host);
}

export function addressOf(pool: Pool): Address {
  return addressIn(new Client(pool.options));
}

export function addressIn(client: Client): Address {
  return {
    place: client.host.startsWith('/') ? client.host : `${client.host}:${client.port}`,
    user: client.user ?? '',
    database: client.database ?? '',
  };
}

/** A connection of the pool's; to be released. Throws WarehouseError. */
export function checkOut(pool: Pool): Promise<PoolClient> {
  return throughDoor(addressOf(pool), () => pool.connect());
}

/** A connection beside the pool, for locks that live as long as it. Throws WarehouseError. */
export async function connectBeside(pool: Pool): Promise<Client> {
  const client = new Client(pool.options);
  client.on('error', () => undefined);
  await throughDoor(addressIn(client), () => client.connect());
  return client;
}

/** Rows of one statement. Throws our errors. */
export function query<R>(pool: Pool, text: string, values: readonly unknown[] = []): Promise<R[]> {
  return throughDoor(addressOf(pool), async () => {
    const { rows } = await pool.query<R & Record<string, unknown>>(text, [...values]);
    return rows;
  });
}
