// Connections to the warehouse: how they are configured, and clients that never crash the process.

import { Socket } from 'node:net';
import { Client, Pool, type PoolClient } from 'pg';
import { type Address, throughDoor } from './failure.ts';
import { type Trace, transactions } from './sink/transact.ts';
import { type Tls, tlsOf, withoutTls } from './tls.ts';
import { begin, undo } from './transaction.ts';

const minute = 60_000;
/** Postgres ends any statement earlier than that: whoever is silent so long is no longer there. */
const ordinarySilence = 31 * minute;

export interface PoolLimits {
  /** Connections at most; a transaction holds one, and the lease of a run has its own. Default 16. */
  readonly max?: number;
  /** After so many ms without a byte a connection counts as lost. */
  readonly silence?: number;
}

/** Pools behind which there was a Postgres. */
const reached = new WeakSet<Pool>();

/** A pool for the warehouse at this URL. Connects when first used. */
export function openPool(
  url: string,
  { max = 16, silence = ordinarySilence }: PoolLimits = {},
): Pool {
  const pool = new Pool({ ...connectionSettings(url), max, idleTimeoutMillis: minute });
  // Without listeners a lost connection would end the process; whoever uses it is told by its query.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    reached.add(pool);
    client.on('error', () => undefined);
    const { stream } = client.connection;
    if (stream instanceof Socket) stream.setTimeout(silence, () => stream.destroy());
  });
  return pool;
}

/** How larkhouse connects, whatever for; times in ms. Nothing in it that a pooler would refuse. */
export interface ConnectionSettings {
  readonly connectionString: string;
  readonly application_name: string;
  readonly connectionTimeoutMillis: number;
  readonly keepAlive: boolean;
  readonly keepAliveInitialDelayMillis: number;
  readonly ssl: Tls;
}

export function connectionSettings(url: string): ConnectionSettings {
  return {
    connectionString: withoutTls(url),
    application_name: 'larkhouse',
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ssl: tlsOf(url),
  };
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

/** A connection beside the pool, for a transaction that stays open. Throws WarehouseError. */
export async function connectBeside(pool: Pool): Promise<Client> {
  const client = new Client(pool.options);
  client.on('error', () => undefined);
  await throughDoor(addressIn(client), () => client.connect());
  return client;
}

/** The work in a transaction, done once. Throws our errors where the connection or Postgres fails. */
export function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return throughDoor(addressOf(pool), async () => {
    const client = await pool.connect();
    try {
      await client.query(begin);
      const result = await work(client);
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      await undo(client);
      throw error;
    }
  });
}

/**
 * Rows of one statement. Once Postgres has answered, a lost connection is made up for; one that was never
 * there is told at once. Without a trace the statement may be done twice. Throws our errors.
 */
export function query<R>(
  pool: Pool,
  text: string,
  values: readonly unknown[] = [],
  trace?: Trace,
): Promise<R[]> {
  const work = async (client: PoolClient): Promise<R[]> => {
    const { rows } = await client.query<R & Record<string, unknown>>(text, [...values]);
    return rows;
  };
  if (!reached.has(pool)) return inTransaction(pool, work);
  return throughDoor(addressOf(pool), () => transactions(pool, unending)(work, trace));
}

const unending: AbortSignal = new AbortController().signal;
