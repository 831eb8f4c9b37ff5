/** The demo company: a pure function of its seed and the time. */
import { DEMO_APP_ID } from '../constants.ts';
import { demoWikiNode, makeBases } from './bases.ts';
import type { Company } from './company.ts';
import { demoDefinitions } from './definitions.ts';
import { makeInstances } from './instances.ts';
import { daysBetween, punchesOf } from './punches.ts';
import { makeStaff } from './staff.ts';

/** What makes one demo company differ from another. */
export interface DemoOptions {
  /** Default 'larkhouse'. */
  readonly seed?: string;
  /** open_ids differ from app to app; default the demo app. */
  readonly appId?: string;
}

/** A company of about 260 people whose data moves with time; asked twice for one time it agrees. */
export function demoCompany(options: DemoOptions = {}): Company {
  const { seed = 'larkhouse', appId = DEMO_APP_ID } = options;
  const staff = makeStaff(seed, appId);
  const instances = makeInstances(seed, staff);
  const base = makeBases(seed, staff);
  const admin = (t: number) => staff.active(t)[0];
  return {
    definition: (code, t) => demoDefinitions(admin(t)).find((one) => one.approval_code === code),
    instances: instances.list,
    instance: instances.one,
    base,
    wikiNode: (token, t) => demoWikiNode(token, admin(t)?.open_id ?? ''),
    users: staff.users,
    departments: staff.departments,
    groups: () => ['oc_demo'],
    punches: (userIds, from, to, t) =>
      userIds.flatMap((userId) => {
        const worked = staff.worked(userId, t);
        if (!worked) return [];
        return daysBetween(Math.max(from, 0), Math.min(to, Math.ceil(t / 1000) + 1))
          .filter((day) => day >= worked.from && day <= worked.to)
          .flatMap((day) => punchesOf(seed, userId, day, t))
          .filter(({ check_time }) => Number(check_time) >= from && Number(check_time) < to);
      }),
  };
}
