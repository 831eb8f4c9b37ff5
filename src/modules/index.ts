// The catalog: what a tenant has, one line a module.

import type { Stream } from '../stream.ts';
import { approval } from './approval/index.ts';
import type { ApprovalSettings } from './approval/settings.ts';
import type { Everybody } from './attendance/flows.ts';
import { attendance } from './attendance/index.ts';
import type { AttendanceSettings } from './attendance/settings.ts';
import { base } from './base/index.ts';
import type { BaseEntry } from './base/settings.ts';
import { contact } from './contact/index.ts';
import type { ContactSettings } from './contact/settings.ts';
import { everybodyBy } from './everybody.ts';

/** The modules that are switched on, with their settings. */
export interface ModuleSettings {
  readonly approval?: ApprovalSettings;
  readonly base?: readonly BaseEntry[];
  readonly attendance?: AttendanceSettings;
  readonly contact?: ContactSettings;
}

/** The streams of all modules that are switched on; a stream comes after those that it needs. */
export function streamsOf(modules: ModuleSettings): readonly Stream[] {
  return [
    ...on(modules.contact, contact),
    ...on(modules.approval, approval),
    ...on(modules.base, base),
    ...on(modules.attendance, (settings) => attendance(settings, peopleFor(settings, modules))),
  ];
}

function on<S>(
  settings: S | undefined,
  module: (settings: S) => readonly Stream[],
): readonly Stream[] {
  return settings === undefined ? [] : module(settings);
}

function peopleFor(settings: AttendanceSettings, modules: ModuleSettings): Everybody {
  const field = settings.employeeType === 'employee_id' ? 'user_id' : 'employee_no';
  return everybodyBy(field, modules.contact);
}
