// What people do to Bases.

import type { Base, BaseRecord, Table } from '../../../../src/demo/company/base.ts';
import { isFiltered } from '../oracle/base.ts';
import type { World } from '../world.ts';

export function addRecord(world: World, at: number): void {
  inTable(world, at, (table) => world.hand.addRecord(table, at));
}

export function editRecord(world: World, at: number): void {
  inTable(world, at, (table) => {
    const record = world.random.pick(table.records);
    const field = world.random.pick(table.fields);
    if (record === undefined || field === undefined) return;
    const value = world.random.one<unknown>(
      at,
      12.5,
      [{ type: 'text', text: `"${at}"` }],
      undefined,
    );
    world.hand.editRecord(table, record, { [field.field_name]: value }, at);
  });
}

const deleted = new WeakMap<Table, BaseRecord[]>();

export function deleteRecord(world: World, at: number): void {
  inTable(world, at, (table) => {
    const record = world.random.pick(table.records);
    if (record === undefined) return;
    deleted.set(table, [...(deleted.get(table) ?? []), record]);
    world.hand.deleteRecord(table, record);
  });
}

export function restoreRecord(world: World, at: number): void {
  inTable(world, at, (table) => {
    const record = deleted.get(table)?.pop();
    if (record !== undefined)
      table.records.splice(world.random.int(0, table.records.length), 0, record);
  });
}

/** Many records at once, enough for several pages. */
export function importRecords(world: World, at: number): void {
  inTable(world, at, (table) => {
    for (let added = 0; added < 520; added += 1) world.hand.addRecord(table, at);
  });
}

/** A formula gives something else now: no revision tells of it. */
export function recompute(world: World, at: number): void {
  const bases = world.hand.has.bases.filter((one) => !isFiltered(one));
  const table = world.random.pick(world.random.pick(bases)?.tables ?? []);
  const record = world.random.pick(table?.records ?? []);
  if (record === undefined) return;
  record.fields['数量'] = at;
  world.basesChanged(at, true);
}

export function addTable(world: World, at: number): void {
  inBase(world, at, (base) => {
    world.hand.addRecord(world.hand.addTable(base), at);
  });
}

export function deleteTable(world: World, at: number): void {
  const bases = world.hand.has.bases.filter((one) => one.tables.length > 1 && !isFiltered(one));
  const base = world.random.pick(bases);
  base?.tables.splice(world.random.int(0, base.tables.length - 1), 1);
  if (base !== undefined) changed(world, base, at);
}

/** No revision of a table tells of it. */
export function renameBase(world: World, at: number): void {
  const base = world.random.pick(world.hand.has.bases);
  if (base === undefined) return;
  base.name = `Base ${at}`;
  world.basesChanged(at, true);
}

export function renameTable(world: World, at: number): void {
  inTable(world, at, (table) => {
    table.name = `表 ${at}`;
  });
}

export function addField(world: World, at: number): void {
  inTable(world, at, ({ fields, records }) => {
    const count = world.number();
    const field_name = `字段 ${count}`;
    const named = { field_id: `fld${count}`, field_name, type: 1, ui_type: 'Text' };
    fields.push({ ...named, is_primary: false, property: { options: [{ name: 'a' }] } });
    for (const record of records.slice(0, 3)) record.fields[field_name] = `v${count}`;
  });
}

export function renameField(world: World, at: number): void {
  inTable(world, at, (table) => {
    const field = world.random.pick(table.fields);
    if (field === undefined) return;
    const count = world.number();
    const before = field.field_name;
    field.field_name = `改名 ${count}`;
    for (const { fields } of table.records) {
      if (Object.hasOwn(fields, before)) fields[field.field_name] = fields[before];
      delete fields[before];
    }
  });
}

export function deleteField(world: World, at: number): void {
  inTable(world, at, (table) => {
    if (table.fields.length < 2) return;
    table.fields.splice(world.random.int(1, table.fields.length - 1), 1);
  });
}

function inTable(world: World, at: number, change: (table: Table) => void): void {
  inBase(world, at, (base) => {
    const table = world.random.pick(base.tables);
    if (table === undefined) return;
    change(table);
    table.revision += 1;
  });
}

function inBase(world: World, at: number, change: (base: Base) => void): void {
  const base = world.random.pick(world.hand.has.bases);
  if (base === undefined) return;
  change(base);
  changed(world, base, at);
}

function changed(world: World, base: Base, at: number): void {
  base.revision += 1;
  world.basesChanged(at);
}
