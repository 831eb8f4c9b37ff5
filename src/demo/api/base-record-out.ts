/** A record on the way out: the fields asked for, people by the id type and scopes of the app. */
import type { BaseRecord, Person, Table } from '../company/base.ts';
import type { Call } from '../endpoint.ts';
import { isObject, type JsonObject } from '../json.ts';
import { readQuery } from '../query.ts';
import { BROAD } from './contact-query.ts';
import { type UserIdType, userIdFrom, userIdType } from './user-ids.ts';

const PEOPLE = new Set([11, 1003, 1004]);

/** What a call wants of a record. */
export interface Wanted {
  /** Field names; undefined: all. */
  readonly names: readonly string[] | undefined;
  /** Whether created and modified stand beside the fields. */
  readonly automatic: boolean;
  /** Default: the query's user_id_type. */
  readonly type?: UserIdType;
}

/** Writes records of one table for one call. */
export function recordWriter(
  call: Call,
  table: Table,
  wanted: Wanted,
): (record: BaseRecord) => JsonObject {
  const type = wanted.type ?? userIdType(call, readQuery(call.search));
  const toId = userIdFrom(call.company.users(call.now), type);
  const revealing = ['contact:user.base:readonly', ...BROAD];
  const named = revealing.some((scope) => call.app.scopes.has(scope));
  const person = (one: Person): Person =>
    named ? { ...one, id: toId(one.id) } : { id: toId(one.id) };
  const fields = table.fields.filter(
    ({ field_name }) => !wanted.names || wanted.names.includes(field_name),
  );
  return (record) => ({
    record_id: record.record_id,
    fields: Object.fromEntries(
      fields.flatMap(({ field_name: name, type: kind }) => {
        const cell = record.fields[name];
        if (cell === undefined) return [];
        return [[name, PEOPLE.has(kind) ? people(cell, person) : cell]];
      }),
    ),
    ...(wanted.automatic
      ? {
          created_time: record.created_time,
          last_modified_time: record.last_modified_time,
          created_by: person(record.created_by),
          last_modified_by: person(record.last_modified_by),
        }
      : {}),
  });
}

function people(cell: unknown, person: (one: Person) => Person): unknown {
  if (!Array.isArray(cell)) return cell;
  return cell.map((one: unknown) => (isPerson(one) ? person(one) : one));
}

function isPerson(value: unknown): value is Person {
  return isObject(value) && typeof value['id'] === 'string';
}
