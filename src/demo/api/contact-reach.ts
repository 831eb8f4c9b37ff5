/** The app's contact range: which departments and people it sees. */
import type { Department, User } from '../company/people.ts';
import type { Call } from '../endpoint.ts';
import { Refusal } from '../refusal.ts';

/** What the app sees at the time of the call. */
export interface Reach {
  /** Whether the range is all staff. */
  readonly all: boolean;
  /** Everybody, seen or not, with those who left. */
  readonly everybody: readonly User[];
  readonly departments: readonly Department[];
  sees(user: User): boolean;
  seesDepartment(openId: string): boolean;
  /** Departments directly below one ('0': the root), by their order. */
  children(openId: string): readonly Department[];
  /** People at work whose department this is, in its order. */
  members(openId: string): readonly User[];
}

const ROOT = '0';

/** The reach of the app that calls. */
export function reachOf(call: Call): Reach {
  const { contact_range: range } = call.app;
  const everybody = call.company.users(call.now);
  const departments = call.company.departments(call.now);
  const children = (id: string): readonly Department[] =>
    departments
      .filter((one) => one.parent_department_id === id)
      .sort((a, b) => Number(a.order) - Number(b.order));
  const seen = range === 'all' ? undefined : below(range.departments, children);
  const granted = new Set(range === 'all' ? [] : range.users);
  const seesDepartment = (id: string): boolean => !seen || seen.has(id);
  return {
    all: range === 'all',
    everybody,
    departments,
    children,
    seesDepartment,
    sees: (user) => granted.has(user.open_id) || !seen || user.department_ids.some(seesDepartment),
    members: (id) =>
      everybody
        .filter((user) => !user.status.is_resigned && user.department_ids.includes(id))
        .sort((a, b) => orderIn(a, id) - orderIn(b, id)),
  };
}

function below(
  granted: readonly string[],
  children: (id: string) => readonly Department[],
): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [...granted];
  for (const id of queue) {
    if (seen.has(id)) continue;
    seen.add(id);
    queue.push(...children(id).map((one) => one.open_department_id));
  }
  return seen;
}

function orderIn(user: User, departmentId: string): number {
  return user.orders.find((one) => one.department_id === departmentId)?.user_order ?? 0;
}

/** Checks that the app may look into a department: the root needs all staff. */
export function enter(reach: Reach, openId: string | undefined): string {
  if (openId === ROOT) {
    if (!reach.all) throw new Refusal(403, 40004, 'no dept authority error', { data: {} });
    return ROOT;
  }
  if (openId === undefined) throw new Refusal(400, 40015, 'department not exist', { data: {} });
  if (!reach.seesDepartment(openId)) {
    throw new Refusal(403, 40004, 'no dept authority error', { data: {} });
  }
  return openId;
}
