// Which modules to replicate: each is tried before it is offered.

import type { Modules } from '../../config/modules.ts';
import { LarkhouseError } from '../../errors.ts';
import type { Lark } from '../../tenant.ts';
import type { Finding } from '../check/check.ts';
import type { ConsoleApp } from '../check/console.ts';
import { missingScopesText } from '../check/missing.ts';
import { moduleChecks } from '../check/source.ts';
import { complain } from '../shell.ts';
import { type ModuleName, moduleNames } from './given.ts';
import { failedIn, type Setup, say, tryAll } from './setup.ts';

/** Each module with nothing of it named. */
const wholes: Readonly<Record<ModuleName, Modules>> = {
  contact: {
    contact: {
      departmentIds: [],
      departmentIdType: 'open_department_id',
      userIdType: 'open_id',
    },
  },
  approval: { approval: { approvalCodes: [], lookbackDays: 30, locale: 'en-US' } },
  base: { base: [] },
  attendance: {
    attendance: {
      employeeType: 'employee_id',
      userIds: [],
      includeTerminatedUsers: false,
      lookbackDays: 7,
      timeZone: 'UTC',
    },
  },
};

const labels: Readonly<Record<ModuleName, string>> = {
  contact: 'Contact: departments, people, memberships',
  approval: 'Approval: instances, forms, tasks, comments',
  base: 'Base: tables, fields, records',
  attendance: 'Attendance: punch records',
};

interface Tried {
  readonly readable: readonly ModuleName[];
  readonly found: readonly Finding[];
}

/** At least one. Throws LarkhouseError where one cannot be read and nobody can be asked. */
export async function chooseModules(
  setup: Setup,
  lark: Lark,
  app: ConsoleApp,
): Promise<readonly ModuleName[]> {
  const { dialogue, flags } = setup;
  const wanted = flags.modules ?? moduleNames;
  for (;;) {
    const { readable, found } = await tryModules(setup, wanted, { lark, app });
    const missing = missingScopesText(found, app, 'the app');
    if (missing !== '') complain(setup.shell, `\n${missing}\n`);
    const isComplete = readable.length === wanted.length;
    if (flags.modules !== undefined && isComplete) return readable;
    if (dialogue === undefined) {
      const rest = wanted.filter((name) => !readable.includes(name)).join(', ');
      throw new LarkhouseError(`${rest} cannot be read; nothing was written`, {
        hint: 'do what is said above, then run init again',
      });
    }
    if ((!isComplete || missing !== '') && (await isToBeTriedAgain(setup, readable))) continue;
    const choices = readable.map((value) => ({ value, label: labels[value] }));
    const chosen = await dialogue.chooseSome('What to replicate?', choices, readable);
    if (chosen.length > 0) return chosen;
    say(setup, 'At least one is needed.');
  }
}

async function tryModules(
  setup: Setup,
  wanted: readonly ModuleName[],
  { lark, app }: { readonly lark: Lark; readonly app: ConsoleApp },
): Promise<Tried> {
  const readable: ModuleName[] = [];
  const found: Finding[] = [];
  for (const name of wanted) {
    say(setup, `\nWhat the app may see of ${labels[name]}`);
    const own = await tryAll(setup, moduleChecks(wholes[name], lark), app);
    if (failedIn(own).length === 0) readable.push(name);
    found.push(...own);
  }
  return { readable, found };
}

async function isToBeTriedAgain(
  { dialogue }: Setup,
  readable: readonly ModuleName[],
): Promise<boolean> {
  const again = { value: 'again', label: 'Try again: I have added them and published' } as const;
  const on = { value: 'on', label: 'Go on with what can be read now' } as const;
  const choices = readable.length === 0 ? [again] : [again, on];
  return (await dialogue?.choose('Scopes are missing. What now?', choices)) === 'again';
}
