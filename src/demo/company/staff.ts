/** The demo company's people and departments at any moment; they change on whole hours only. */
import { dayOf, HOUR } from './calendar.ts';
import { memo } from './memo.ts';
import { departmentsOn, openIdOf } from './org.ts';
import type { Department, User } from './people.ts';
import { type Profile, profileOf, userAt } from './person.ts';
import { gone, type Holder, holdersAt, makeSeats } from './seats.ts';

/** Who works here, and when. */
export interface Staff {
  /** Everybody at work, and the last who left each seat. */
  users(t: number): readonly User[];
  /** Those at work. */
  active(t: number): readonly User[];
  departments(t: number): readonly Department[];
  /** The days between which a person works, both worked. */
  worked(userId: string, t: number): { readonly from: number; readonly to: number } | undefined;
}

interface Moment {
  readonly users: readonly User[];
  readonly active: readonly User[];
  readonly departments: readonly Department[];
  readonly worked: ReadonlyMap<string, Holder>;
}

/** People of `seed`; open_ids differ from app to app. */
export function makeStaff(seed: string, appId: string): Staff {
  const seats = makeSeats(seed);
  const profiles = new Map<string, Profile>();
  const profile = (holder: Holder): Profile => {
    const key = `${holder.seat.index}.${holder.number}`;
    const known = profiles.get(key) ?? profileOf(seed, appId, holder);
    profiles.set(key, known);
    return known;
  };
  const moments = memo((hour: number): Moment => {
    const t = hour * HOUR;
    const holders = seats.flatMap((seat) => holdersAt(seed, seat, t));
    return momentOf(holders, profile, t);
  }, 400);
  const at = (t: number): Moment => moments(Math.floor(t / HOUR));
  return {
    users: (t) => at(t).users,
    active: (t) => at(t).active,
    departments: (t) => at(t).departments,
    worked: (userId, t) => at(t).worked.get(userId),
  };
}

function momentOf(
  holders: readonly Holder[],
  profile: (holder: Holder) => Profile,
  t: number,
): Moment {
  const leaders = new Map<string, string>();
  for (const holder of holders) {
    const department = openIdOf(holder.seat.unit);
    if (gone(holder, t) || leaders.has(department)) continue;
    leaders.set(department, profile(holder).hired.open_id);
  }
  const users = holders.map((holder) =>
    userAt(profile(holder), holder, t, leaders.get(openIdOf(holder.seat.unit))),
  );
  return {
    users,
    active: users.filter((user) => !user.status.is_resigned),
    departments: departmentsOn(dayOf(t)).map((one) => led(one, leaders)),
    worked: new Map(holders.map((holder) => [profile(holder).hired.user_id, holder])),
  };
}

function led(department: Department, leaders: ReadonlyMap<string, string>): Department {
  const leader = leaders.get(department.open_department_id);
  const hrbp = leaders.get(openIdOf('hr'));
  if (!leader) return department;
  return {
    ...department,
    leader_user_id: leader,
    leaders: [{ leaderType: 1, leaderID: leader }],
    ...(hrbp ? { department_hrbps: [hrbp] } : {}),
  };
}
