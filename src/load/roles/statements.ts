// The statements that make the roles and give each what it needs and no more. All of them may be run again:
// what is there already stays, and a privilege that is too much goes.

import { ident, literal } from '../identifier.ts';
import type { Roles } from './names.ts';

export interface Place {
  readonly schema: string;
  readonly viewsSchema: string;
  /** Tables that the loader deletes from. */
  readonly emptied: readonly string[];
  /** Columns that an analyst must not see, as `table.column`. */
  readonly personal: readonly string[];
}

/** Makes roles and schemas, and hands the schemas over to the owner. Needs CREATEROLE while a role is missing. */
export function foundation(roles: Roles, { schema, viewsSchema }: Place): readonly string[] {
  const { owner, loader } = roles;
  const all = Object.values(roles);
  return [
    eachRole(
      all,
      'not exists (select from pg_roles where rolname = role)',
      'create role %1$I nologin',
    ),
    // Who hands something over must be able to act for who gets it; superusers are.
    `do $$ begin
  if not pg_has_role(${literal(owner)}, 'USAGE') then
    grant ${ident(owner)} to current_user;
  end if;
end $$`,
    onDatabase('connect', all),
    onDatabase('temporary', [owner, loader]),
    ...[schema, viewsSchema].flatMap((name) => handOver(name, owner)),
  ];
}

/** Mostly everybody has it, and only the owner of the database can grant it. */
function onDatabase(right: 'connect' | 'temporary', roles: readonly string[]): string {
  return eachRole(
    roles,
    `not has_database_privilege(role, current_database(), ${literal(right)})`,
    `grant ${right} on database %2$I to %1$I`,
  );
}

/** A statement for each role that lacks something; the role is its %1$I, the database its %2$I. */
function eachRole(roles: readonly string[], lacking: string, statement: string): string {
  return `do $$ declare role text; begin
  foreach role in array ${list(roles)} loop
    if ${lacking} then
      execute format(${literal(statement)}, role, current_database());
    end if;
  end loop;
end $$`;
}

function handOver(schema: string, owner: string): readonly string[] {
  return [
    // `create schema if not exists` would need the right even when it exists.
    `do $$ begin
  if not exists (select from pg_namespace where nspname = ${literal(schema)}) then
    create schema ${ident(schema)};
  end if;
end $$`,
    `alter schema ${ident(schema)} owner to ${ident(owner)}`,
    eachRelation(schema, `not ${isOwnedBy(owner)}`, `alter table %I.%I owner to ${ident(owner)}`),
  ];
}

/**
 * What each role may do with what the owner has now, and with what it will create. Run by the owner: what others
 * made in the schemas is theirs to grant.
 */
export function grants(roles: Roles, place: Place): readonly string[] {
  const { schema, viewsSchema, emptied } = place;
  const [data, views] = [ident(schema), ident(viewsSchema)];
  const [owner, loader] = [ident(roles.owner), ident(roles.loader)];
  const [analyst, pii] = [ident(roles.analyst), ident(roles.pii)];
  const all = `${loader}, ${analyst}, ${pii}`;
  const onEach = (name: string, statement: string, condition = 'true'): string =>
    eachRelation(name, `${isOwnedBy(roles.owner)} and ${condition}`, statement);
  const future = `alter default privileges for role ${owner} in schema`;
  return [
    `revoke all on schema ${data}, ${views} from ${all}`,
    ...[schema, viewsSchema].map((name) => onEach(name, `revoke all on %I.%I from ${all}`)),
    `grant usage on schema ${data} to ${loader}, ${pii}`,
    `grant usage on schema ${views} to ${analyst}, ${pii}`,
    onEach(schema, `grant select on %I.%I to ${loader}, ${pii}`),
    onEach(schema, `grant insert, update on %I.%I to ${loader}`, isData),
    onEach(schema, `grant delete on %I.%I to ${loader}`, `relname = any (${list(emptied)})`),
    onEach(viewsSchema, `grant select on %I.%I to ${pii}`),
    onEach(viewsSchema, `grant select on %I.%I to ${analyst}`, notPersonal(place)),
    `${future} ${data} grant select, insert, update on tables to ${loader}`,
    `${future} ${data} grant select on tables to ${pii}`,
    `${future} ${views} grant select on tables to ${pii}`,
  ];
}

/** The loader sees which migrations have run, and that is all. */
const isData = String.raw`relname not like 'schema\_migrations%'`;

function isOwnedBy(role: string): string {
  return `relowner = ${literal(ident(role))}::regrole`;
}

function list(texts: readonly string[]): string {
  return `array[${texts.map(literal).join(', ')}]::text[]`;
}

/** That a view reads no personal column, itself or by another view. */
function notPersonal({ schema, personal }: Place): string {
  return `c.oid not in (
      with recursive read as (
        select r.ev_class as reader, d.refobjid as source, d.refobjsubid as place
        from pg_depend d join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
        where d.refclassid = 'pg_class'::regclass and d.refobjid <> r.ev_class
      ), personal as (
        select read.reader from read
        join pg_class t on t.oid = read.source and t.relnamespace::regnamespace = ${literal(ident(schema))}::regnamespace
        join pg_attribute a on a.attrelid = read.source and a.attnum = read.place
        where t.relname || '.' || a.attname = any (${list(personal)})
        union
        select read.reader from read join personal on personal.reader = read.source
      )
      select personal.reader from personal)`;
}

/** A statement for each table and view that there is in the schema; its name, quoted, stands for `%I.%I`. */
function eachRelation(schema: string, condition: string, statement: string): string {
  return `do $$ declare relation record; begin
  for relation in
    select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where nspname = ${literal(schema)} and relkind in ('r', 'p', 'v') and ${condition}
  loop
    execute format(${literal(statement)}, ${literal(schema)}, relation.relname);
  end loop;
end $$`;
}
