/** One person of the demo company: what never changes, and what time does to the rest. */
import { DAY, dayOf, timeOn } from './calendar.ts';
import { CITIES, fullName, TITLES } from './names.ts';
import { openIdOf, teamOn, UNITS } from './org.ts';
import type { User, UserStatus } from './people.ts';
import { draw } from './random.ts';
import { gone, type Holder } from './seats.ts';

/** A person before time: the user as hired, and what will change when. */
export interface Profile {
  readonly hired: Omit<User, 'department_ids' | 'orders' | 'status'>;
  /** Department keys: own, where a move leads (undefined: never moves), and a second one. */
  readonly target: string | undefined;
  readonly second: string | undefined;
  readonly promoted: string;
  readonly renumbered: string | undefined;
  readonly frozen: boolean;
}

/** The profile of a seat's holder; its open_id belongs to the app. */
export function profileOf(seed: string, appId: string, { seat, number, from }: Holder): Profile {
  const key = [seed, seat.index, number] as const;
  const chance = draw('person', ...key);
  const user_id = draw('user', ...key).hex(8);
  const union_id = `on_${draw('union', ...key).hex(32)}`;
  const { name, english } = fullName(chance);
  const login = `${english.toLowerCase().replace(/[^a-z]+/g, '.')}.${user_id.slice(0, 3)}`;
  const [city, country] = chance.pick(CITIES);
  const referred = [{ type: 'TEXT', id: 'C-1001', value: { text: '内推 referral' } }];
  const hired: Profile['hired'] = {
    open_id: `ou_${draw('open', appId, ...key).hex(32)}`,
    union_id,
    user_id,
    name,
    en_name: english,
    ...(chance.chance(0.2) ? { nickname: `${name.at(-1)}哥 "${english.split(' ')[0]}"` } : {}),
    email: `${login}@demo.invalid`,
    enterprise_email: `${login}@corp.demo.invalid`,
    mobile: `+86138${chance.decimal(8)}`,
    mobile_visible: true,
    gender: chance.int(3),
    avatar: avatar(union_id),
    employee_no: `E${String(seat.index).padStart(4, '0')}${number}`,
    employee_type: chance.chance(0.85) ? 1 : chance.between(2, 5),
    job_title: chance.pick(TITLES),
    city,
    country,
    work_station: `${chance.pick(['A', 'B', 'C'])}-${chance.between(100, 999)}`,
    join_time: Math.floor(timeOn(from, 9) / 1000),
    is_tenant_manager: seat.index < 2,
    custom_attrs: chance.chance(0.1) ? referred : [],
  };
  return {
    hired,
    target: chance.chance(0.4) && seat.unit !== '0' ? chance.pick(UNITS)[0] : undefined,
    second: chance.chance(0.08) ? chance.pick(UNITS)[0] : undefined,
    promoted: chance.pick(TITLES),
    renumbered: chance.chance(0.3) ? `+86139${chance.decimal(8)}` : undefined,
    frozen: chance.chance(0.01),
  };
}

/** The user at `t`, led by `leader` (an open_id). */
export function userAt(
  profile: Profile,
  holder: Holder,
  t: number,
  leader: string | undefined,
): User {
  const { hired, promoted, renumbered } = profile;
  const lived = (dayOf(t) - holder.from) / holder.seat.tenure;
  const departments = departmentsAt(profile, holder, t);
  const status = statusAt(profile, holder, t);
  return {
    ...hired,
    ...(lived > 0.5 && renumbered ? { mobile: renumbered } : {}),
    ...(lived > 0.6 ? { job_title: promoted } : {}),
    ...(leader && leader !== hired.open_id ? { leader_user_id: leader } : {}),
    department_ids: departments,
    orders: departments.map((department_id, index) => ({
      department_id,
      user_order: holder.seat.index * 10,
      department_order: index + 1,
      is_primary_dept: index === 0,
    })),
    ...(status.is_frozen === undefined ? {} : { is_frozen: status.is_frozen }),
    status,
  };
}

function departmentsAt({ target, second }: Profile, { seat, from }: Holder, t: number): string[] {
  const moved = dayOf(t) >= from + Math.floor(seat.tenure * 0.45);
  const team = teamOn(dayOf(t));
  const joined = team && draw(team, seat.index).chance(0.05) ? team : undefined;
  const keys = [(moved && target) || seat.unit, second, joined];
  return [...new Set(keys.filter((key) => key !== undefined))].map(openIdOf);
}

/** Newcomers have no status for two days. */
function statusAt({ frozen }: Profile, holder: Holder, t: number): UserStatus {
  const left = gone(holder, t);
  if (!left && t < timeOn(holder.from, 9) + 2 * DAY) return {};
  return {
    is_frozen: frozen && !left,
    is_resigned: left,
    is_activated: true,
    is_exited: false,
    is_unjoin: false,
  };
}

function avatar(id: string): Record<string, string> {
  const url = `https://avatar.invalid/${id}`;
  return {
    avatar_72: `${url}_72`,
    avatar_240: `${url}_240`,
    avatar_640: `${url}_640`,
    avatar_origin: url,
  };
}
