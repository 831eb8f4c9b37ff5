// A tenant from a seed, as it is before its first replication, and what of it is replicated how.

import type { ModuleSettings } from '../../../src/modules/index.ts';
import { act } from './acts/act.ts';
import { submit } from './acts/approval.ts';
import { place } from './acts/people.ts';
import { Random } from './random.ts';
import type { Settings } from './rules.ts';
import { World } from './world.ts';

const dayMs = 86_400_000;

export interface Founding {
  readonly world: World;
  readonly settings: Settings;
  readonly modules: ModuleSettings;
}

/** The company has a past of some weeks when it is first looked at, at `now`. */
export function found(seed: number, searches: Settings['searches'], now: number): Founding {
  const random = new Random(seed);
  const employeeType = random.one('employee_id', 'employee_no');
  const world = new World({ random, employeeType });
  const past = now - random.spread(2 * dayMs, 40 * dayMs);
  populate(world, past);
  const times = Array.from({ length: random.int(10, 60) }, () => random.int(past, now - 1));
  for (const at of times.sort((one, other) => one - other)) {
    if (random.chance(0.4)) submit(world, at);
    else act(world, at);
  }
  const startDate = random.chance(0.5) ? dayOf(now - random.int(1, 40) * dayMs) : undefined;
  const settings = {
    searches,
    approvalLookbackDays: random.one(1, 2, 5, 7, 30),
    attendanceLookbackDays: random.int(1, 10),
    start: startDate === undefined ? undefined : Date.parse(`${startDate}T00:00:00+14:00`),
    includesLeavers: random.chance(0.5),
  };
  return { world, settings, modules: modulesFor(world, settings, { startDate, employeeType }) };
}

function populate(world: World, at: number): void {
  const { random, hand } = world;
  for (let count = random.int(1, 5); count > 0; count -= 1) hand.addDepartment();
  const heads = random.chance(0.05) ? 120 : random.int(3, 15);
  for (let count = heads; count > 0; count -= 1) place(world, hand.addUser());
  for (let count = random.int(1, 2); count > 0; count -= 1) hand.addDefinition();
  for (let bases = 0; bases < 2; bases += 1) {
    const base = hand.addBase();
    for (let tables = random.int(1, 3); tables > 0; tables -= 1) {
      const table = hand.addTable(base);
      for (let records = random.int(0, 20); records > 0; records -= 1) hand.addRecord(table, at);
    }
  }
  const filtered = hand.addTable(hand.addBase());
  filtered.views = [{ ...inGrid, shows: ({ fields }) => Number(fields['数量'] ?? 0) % 3 !== 0 }];
  for (let records = random.int(0, 20); records > 0; records -= 1) hand.addRecord(filtered, at);
  world.peopleChanged(at);
  world.definitionsChanged(at);
  world.basesChanged(at);
}

const inGrid = {
  view_id: 'vewfiltered',
  view_name: '表格',
  view_type: 'grid',
  view_public_level: 'Public',
} as const;

interface Choices {
  readonly startDate: string | undefined;
  readonly employeeType: 'employee_id' | 'employee_no';
}

function modulesFor(
  { hand }: World,
  settings: Settings,
  { startDate, employeeType }: Choices,
): ModuleSettings {
  const [first, second, third] = hand.has.bases;
  const node = second === undefined ? undefined : hand.addWikiNode(second);
  return {
    approval: {
      approvalCodes: hand.has.definitions.map((one) => one.approval_code),
      lookbackDays: settings.approvalLookbackDays,
      startDate,
      locale: 'zh-CN',
    },
    base: [
      { kind: 'app', token: first?.app_token ?? '' },
      { kind: 'wiki', token: node?.node_token ?? '' },
      {
        kind: 'app',
        token: third?.app_token ?? '',
        tableId: third?.tables[0]?.table_id,
        viewId: inGrid.view_id,
      },
    ],
    attendance: {
      employeeType,
      userIds: [],
      includeTerminatedUsers: settings.includesLeavers,
      startDate,
      lookbackDays: settings.attendanceLookbackDays,
    },
    contact: {
      departmentIds: [],
      departmentIdType: 'open_department_id',
      userIdType: 'open_id',
    },
  };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
