/** Punches of up to 50 people in a window of time; one unknown person fails them all. */
import type { Punch, User } from '../company/people.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { isObject, isStrings, type JsonObject } from '../json.ts';
import { TIER_9 } from '../limits.ts';
import { readQuery } from '../query.ts';
import { Refusal } from '../refusal.ts';
import { reachOf } from './contact-reach.ts';

function bad(_name: string, why: string): Refusal {
  return new Refusal(400, 1220001, why);
}

function query(call: Call): JsonObject {
  const params = readQuery(call.search, bad);
  params.required('employee_type');
  const type = params.oneOf('employee_type', ['employee_id', 'employee_no'], 'employee_id');
  params.flag('include_terminated_user');
  const { ids, from, to } = readBody(call.body);
  const known = new Map(people(call).map((user) => [idOf(user, type), user]));
  const asked = ids.map((id) => {
    const user = known.get(id);
    if (user) return user.user_id;
    throw new Refusal(400, 1220004, 'user_id is not exist or does not have permission');
  });
  const punches = call.company.punches([...new Set(asked)], from, to, call.now);
  return { data: { user_flow_results: punches.map(writer(call, type)) } };
}

function readBody(body: unknown): { ids: readonly string[]; from: number; to: number } {
  if (!isObject(body)) throw bad('body', 'body invalid');
  const ids = body['user_ids'];
  if (!isStrings(ids) || ids.length === 0) throw bad('user_ids', 'user_ids invalid');
  if (ids.length > 50) throw bad('user_ids', 'user_ids length must not be greater than 50');
  const from = seconds(body, 'check_time_from');
  const to = seconds(body, 'check_time_to');
  if (from > to) throw bad('check_time_to', 'time is invalid');
  return { ids, from, to };
}

function seconds(body: JsonObject, name: string): number {
  const value = body[name];
  if (typeof value !== 'string' || !/^\d{1,10}$/.test(value)) throw bad(name, `${name} invalid`);
  return Number(value);
}

function idOf(user: User, type: 'employee_id' | 'employee_no'): string | undefined {
  return type === 'employee_id' ? user.user_id : user.employee_no;
}

function people(call: Call): readonly User[] {
  const reach = reachOf(call);
  const outside = new Set(call.app.outside_attendance);
  return reach.everybody.filter((user) => reach.sees(user) && !outside.has(user.user_id));
}

function writer(call: Call, type: 'employee_id' | 'employee_no'): (punch: Punch) => JsonObject {
  if (type === 'employee_id') return (punch) => ({ ...punch });
  const numbers = new Map(
    call.company.users(call.now).map((one) => [one.user_id, one.employee_no]),
  );
  const toId = (id: string): string => numbers.get(id) ?? id;
  return (punch) => ({
    ...punch,
    user_id: toId(punch.user_id),
    creator_id: toId(punch.creator_id),
  });
}

/** POST user_flows/query. */
export const attendance: readonly Endpoint[] = [
  {
    name: 'attendance.user_flows.query',
    method: 'POST',
    path: '/attendance/v1/user_flows/query',
    tier: TIER_9,
    throttleStatus: 400,
    scopes: ['attendance:task:readonly'],
    customOnly: true,
    msg: 'success',
    answer: query,
  },
];
