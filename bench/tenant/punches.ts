// Punches: so many of each person on each day, as many as one answer is to hold.

import { digits, stampedList, stampOf } from './stamp.ts';

/** Places: 0 the person, 1 the day, 2 which of the day's punches, 3 the second. */
const stamp = stampOf({
  user_id: `u${digits(0, 7)}`,
  creator_id: `u${digits(0, 7)}`,
  location_name: '西溪八方城 3 号楼',
  check_time: digits(3, 10),
  comment: '上班打卡',
  record_id: `70${digits(0, 7)}${digits(1, 8)}${digits(2, 2)}`,
  ssid: 'office-5G',
  bssid: 'b0:b8:67:5c:1d:72',
  is_field: false,
  is_wifi: true,
  type: 7,
  photo_urls: [],
  device_id: `99e0609ee053448596502691a81428654d7ded64c7bd85acd982d26b${digits(0, 8)}`,
  check_result: 'NoNeedCheck',
  external_id: '',
  idempotent_id: '',
});

const daySeconds = 86_400;
const times = [9, 12, 13, 18].map((hour) => hour * 3600);

/** The id of the nth person. */
export function userId(n: number): string {
  return `u${String(n).padStart(7, '0')}`;
}

/** The punches of these people in [from, to), in seconds, as the inside of a list. */
export function punchesOf(
  ids: readonly string[],
  from: number,
  to: number,
  perDay: number,
): Buffer {
  const punches: number[][] = [];
  for (const id of ids) {
    const person = Number(id.slice(1));
    for (let day = Math.floor(from / daySeconds); day * daySeconds < to; day += 1) {
      for (const [index, time] of times.slice(0, perDay).entries()) {
        const second = day * daySeconds + time;
        if (second >= from && second < to) punches.push([person, day, index, second]);
      }
    }
  }
  return stampedList(
    punches.length,
    () => stamp,
    (place) => punches[place] ?? [],
  );
}

const partRows = 1000;

/** The inside of a list of about so many bytes, in parts: all punches differ, all are of the one person and minute. */
export function* manyPunches(bytes: number, second: number): Generator<Buffer> {
  const rows = Math.ceil(bytes / (stamp.bytes.length + 1));
  for (let first = 0; first < rows; first += partRows) {
    if (first > 0) yield Buffer.from(',');
    const count = Math.min(partRows, rows - first);
    yield stampedList(
      count,
      () => stamp,
      (place) => [1, first + place, 0, second],
    );
  }
}
