/** The demo company's punches: derived from person and day, some corrected or removed afterwards. */
import { DAY, dayOf, HOUR, isWorkday, timeOn } from './calendar.ts';
import type { Punch } from './people.ts';
import { type Draw, draw } from './random.ts';

const PLACES = ['总部大厦 HQ', '西溪园区', 'Marina One #12-03', '深圳湾办公室'];

interface Planned {
  /** Hours of the day; may lie beyond 24 for late work. */
  readonly hours: number;
  /** Epoch ms at which the record begins and ends to exist. */
  readonly appears: number;
  readonly vanishes: number;
  readonly type: number;
}

/** Punches of one person on one day as they stand at `t`, in order of time. */
export function punchesOf(seed: string, userId: string, day: number, t: number): readonly Punch[] {
  const chance = draw(seed, 'punch', userId, day);
  if (!isWorkday(day) || chance.chance(0.04)) return [];
  const planned = [
    ...planOne(chance, day, 8.4 + chance.wait(0.45)),
    ...planOne(chance, day, 17.6 + chance.wait(1.2)),
  ];
  return planned
    .map((one, slot) => ({ ...one, userId, day, slot, seed }))
    .filter((one) => one.appears <= t && t < one.vanishes)
    .map((one) => punchOf(one, t));
}

/** Mostly one punch in time; else a forgotten, corrected, imported or invalidated one. */
function planOne(chance: Draw, day: number, hours: number): readonly Planned[] {
  const made = timeOn(day, hours);
  const later = made + chance.between(1, 5) * DAY + chance.int(6 * HOUR);
  const fate = chance.int(100);
  const plain = { hours, appears: made, vanishes: Number.POSITIVE_INFINITY, type: 0 };
  if (fate < 88) return [{ ...plain, type: chance.chance(0.1) ? 5 : 0 }];
  if (fate < 91) return [];
  if (fate < 94) return [{ ...plain, vanishes: later }];
  const type = fate < 96 ? 1 : fate < 98 ? 2 : 7;
  const corrected = { ...plain, hours: hours - 0.25, appears: later, type };
  return type === 1 ? [{ ...plain, vanishes: later }, corrected] : [corrected];
}

interface Placed extends Planned {
  readonly seed: string;
  readonly userId: string;
  readonly day: number;
  readonly slot: number;
}

function punchOf({ seed, userId, day, slot, hours, type, appears }: Placed, t: number): Punch {
  const chance = draw(seed, 'flow', userId, day, slot);
  const field = chance.chance(0.05);
  const wifi = !field && chance.chance(0.7);
  const commented = chance.chance(0.02) && t > appears + 2 * DAY;
  return {
    record_id: `7${String(day).padStart(6, '0')}${draw(userId).decimal(7)}${slot}${chance.decimal(4)}`,
    user_id: userId,
    creator_id: userId,
    location_name: field ? '客户现场 Customer site' : chance.pick(PLACES),
    check_time: String(Math.floor(timeOn(day, hours) / 1000)),
    comment: commented ? '补充说明："堵车"\tlate 🚗' : '',
    type,
    check_result: 'NoNeedCheck',
    is_field: field,
    is_wifi: wifi,
    ssid: wifi ? 'corp-guest' : '',
    bssid: wifi ? `${chance.hex(2)}:${chance.hex(2)}:b8:67:5c:1d` : '',
    device_id: draw('device', userId).hex(32),
    photo_urls: field ? [`https://photo.invalid/${chance.decimal(19)}`] : [],
    ...(field
      ? { longitude: 121 + chance.int(90_000) / 1e5, latitude: 31.1 + chance.int(9000) / 1e5 }
      : {}),
    external_id: type === 7 ? `import-${day}-${slot}` : '',
    idempotent_id: '',
  };
}

/** The days that may hold punches between two epoch seconds. */
export function daysBetween(from: number, to: number): readonly number[] {
  const first = dayOf(from * 1000) - 1;
  const last = dayOf(to * 1000);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
