// What the warehouse should hold of a Base, said again from the contract.

import type { Base, BaseRecord, Table } from '../../../../src/demo/company/base.ts';
import { type Thing, textOf } from '../chronicle.ts';

export function appThing({ app_token, name, revision, is_advanced, time_zone }: Base): Thing {
  const row = { app_token, name, revision: String(revision), is_advanced, time_zone };
  return { parts: { base_apps: textOf([row]) }, facts: { container: app_token } };
}

/** By `app_token/table_id`. */
export function tableThings(bases: readonly Base[]): Map<string, Thing> {
  return things(bases, ({ app_token }, { table_id, name, revision }) => {
    const row = { app_token, table_id, name, revision: String(revision) };
    return [[`${app_token}/${table_id}`, { parts: { base_tables: textOf([row]) } }]];
  });
}

/** A Base that has a filtered view is replicated through that view, and no other table of it. */
export function isFiltered({ tables }: Base): boolean {
  return tables.some((table) => filterOf(table) !== undefined);
}

function filterOf({ views }: Table): ((record: BaseRecord) => boolean) | undefined {
  return views.find(({ shows }) => shows !== undefined)?.shows;
}

function chosen(bases: readonly Base[]): Base[] {
  return bases.map((base) =>
    isFiltered(base) ? { ...base, tables: base.tables.filter(filterOf) } : base,
  );
}

/** By `app_token/table_id/field_id`. */
export function fieldThings(bases: readonly Base[]): Map<string, Thing> {
  return things(chosen(bases), ({ app_token }, { table_id, fields }) =>
    fields.map(({ field_id, field_name, type, ui_type, is_primary, property }) => {
      const row = { field_id, field_name, type, ui_type, is_primary, property };
      const parts = { base_fields: textOf([{ app_token, table_id, ...row }]) };
      const container = `${app_token}/${table_id}`;
      return [`${container}/${field_id}`, { parts, facts: { container } }];
    }),
  );
}

/** By `app_token/table_id/record_id`. */
export function recordThings(bases: readonly Base[]): Map<string, Thing> {
  return things(chosen(bases), ({ app_token }, table) => {
    const { table_id, fields, records } = table;
    const shows = filterOf(table) ?? (() => true);
    const names = fields.map(({ field_name }) => field_name);
    const container = `${app_token}/${table_id}`;
    return records.map((record) => {
      const filled = names.filter((name) => record.fields[name] !== undefined);
      const cells = Object.fromEntries(filled.map((name) => [name, record.fields[name]]));
      const row = { app_token, table_id, ...record, fields: cells };
      const parts = { base_records: textOf([row]) };
      const facts = { container, hidden: !shows(record) };
      return [`${container}/${record.record_id}`, { parts, facts }];
    });
  });
}

function things(
  bases: readonly Base[],
  of: (base: Base, table: Table) => readonly (readonly [string, Thing])[],
): Map<string, Thing> {
  return new Map(bases.flatMap((base) => base.tables.flatMap((table) => of(base, table))));
}
