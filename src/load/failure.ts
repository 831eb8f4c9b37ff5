// The one door through which errors of pg and Postgres come: they leave as errors of ours, without
// passwords and without the values of rows, which Postgres likes to quote.

import {
  BlockedError,
  InvariantError,
  LarkhouseError,
  SchemaError,
  WarehouseError,
} from '../errors.ts';
import { ident } from './identifier.ts';

/** What messages may say of the warehouse; never the password. */
export interface Address {
  /** host:port, or the path of a socket. */
  readonly place: string;
  readonly user: string;
  readonly database: string;
}

/** What pg and Node tell of a failure. */
export interface Fault {
  /** SQLSTATE, or Node's name of a network error. */
  readonly code: string;
  readonly message: string;
}

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { code, message: error.message };
}

/** The work's result; what it throws goes through the door. */
export async function throughDoor<T>(address: Address, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translated(error, address);
  }
}

export function translated(error: unknown, address: Address): unknown {
  if (error instanceof LarkhouseError) return error;
  const fault = faultOf(error);
  if (isTls(fault)) return tlsFailure(fault, address);
  if (isBroken(error)) {
    // What Postgres or a pooler gives as its reason is told, and of Node's errors the short name.
    const reason = fault.code === '' || isState(fault) ? fault.message : fault.code;
    return new WarehouseError(`the warehouse at ${address.place} cannot be reached (${reason})`, {
      hint: 'see that Postgres runs there and that warehouse.url names its host and port',
    });
  }
  return isState(fault) ? ofState(fault, address) : error;
}

function isState({ code }: Fault): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && code !== 'EPIPE';
}

/** Whether the connection is gone, or never was. */
export function isBroken(error: unknown): boolean {
  const { code, message } = faultOf(error);
  return (
    /^(?:08...|57P0[1-5]|25P03)$/.test(code) ||
    /^(?:ECONN|EHOST|ENET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ENOENT|ERR_STREAM_)/.test(code) ||
    /connection (?:terminated|ended|timeout|error)|timeout exceeded when trying to connect|timeout expired|not queryable|client was closed/i.test(
      message,
    )
  );
}

function isTls({ code, message }: Fault): boolean {
  return /^(?:ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH)|does not support SSL/.test(
    code === '' ? message : code,
  );
}

function tlsFailure({ code, message }: Fault, { place }: Address): WarehouseError {
  return new WarehouseError(
    `no verified TLS connection to the warehouse at ${place} (${code === '' ? message : code})`,
    {
      hint:
        'add sslrootcert=FILE with the certificate authority of the server to warehouse.url, ' +
        'or sslmode=disable if the network between may read everything',
    },
  );
}

function ofState(fault: Fault, address: Address): LarkhouseError {
  const { place, user, database } = address;
  const failed = (message: string, hint: string) =>
    new WarehouseError(message, { sqlstate: fault.code, hint });
  switch (fault.code) {
    case '28P01':
    case '28000':
      return failed(
        `the warehouse at ${place} refuses the role ${user} or its password`,
        'correct user and password in warehouse.url, or what pg_hba.conf permits',
      );
    case '3D000':
      return failed(
        `the warehouse at ${place} has no database ${database}`,
        `run: create database ${ident(database)}`,
      );
    case '42501':
      return denied(fault, address);
    case '53100':
      return failed(
        `the disk of the warehouse at ${place} is full`,
        'free space there and run again; nothing half-written stays',
      );
    case '55P03':
    case '40P01':
    case '40001':
      return new BlockedError(
        `somebody else holds locks in the warehouse that this stream needs: ${fault.message}`,
        {
          sqlstate: fault.code,
          hint: 'find who holds them in pg_locks and pg_stat_activity, and run again',
        },
      );
    case '57014':
      return new BlockedError(`a statement was ended by the warehouse: ${fault.message}`, {
        sqlstate: fault.code,
        hint: 'see in pg_stat_activity what keeps the warehouse busy, and run again',
      });
    case '53300':
      return failed(
        `the warehouse at ${place} has no connection left`,
        'raise max_connections, or close other connections',
      );
    case '25006':
      return failed(
        `the warehouse at ${place} accepts no writes`,
        'name the primary server in warehouse.url, not a standby',
      );
    case '2BP01':
      return failed(
        `the warehouse at ${place} keeps what others depend on: ${fault.message}`,
        'drop the views that depend on it; larkhouse views makes its own again',
      );
    case '42P01':
    case '42703':
    case '3F000':
      return new SchemaError(`the warehouse lacks something: ${fault.message}`, {
        sqlstate: fault.code,
        hint: 'run larkhouse migrate up',
      });
    default:
      return ofClass(fault, address);
  }
}

function ofClass({ code, message }: Fault, { place }: Address): LarkhouseError {
  // Messages of class 22 quote the value that was refused.
  const said = code.startsWith('22') ? 'it refuses a value' : message;
  if (code.startsWith('42')) return new InvariantError(`Postgres: ${said}`, { sqlstate: code });
  return new WarehouseError(`the warehouse at ${place} failed: ${said}`, {
    sqlstate: code,
    hint: 'see the log of Postgres for the moment of this message, and run again',
  });
}

/** A missing privilege, with the statement that grants it. */
function denied({ message, code }: Fault, { user, database }: Address): WarehouseError {
  const [, kind = '', name = ''] = /permission denied (?:for|to) (\w+) (.+)$/.exec(message) ?? [];
  const rights: Readonly<Record<string, string>> = {
    schema: `grant usage, create on schema ${ident(name)} to ${ident(user)}`,
    database: `grant create, temporary on database ${ident(database)} to ${ident(user)}`,
    create: `grant temporary on database ${ident(database)} to ${ident(user)}`,
  };
  const table = `grant select, insert, update, delete on table ${name === '' ? 'TABLE' : ident(name)} to ${ident(user)} (with its schema before the name)`;
  return new WarehouseError(`the role ${user} may not do this in the warehouse: ${message}`, {
    sqlstate: code,
    hint: `as the owner of the database run: ${rights[kind] ?? table}`,
  });
}
