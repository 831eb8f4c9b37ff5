/** Seats and who holds them: each seat has one holder after another, for ever in both directions. */
import { dayOf, timeOn } from './calendar.ts';
import { UNITS } from './org.ts';
import { draw } from './random.ts';

/** A job that somebody holds for `tenure` days at a time. */
export interface Seat {
  readonly index: number;
  /** Key of its department; '0' is the root. */
  readonly unit: string;
  readonly tenure: number;
  readonly phase: number;
}

/** One person on one seat; `from` and `to` are days, both worked. */
export interface Holder {
  readonly seat: Seat;
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

/** All seats of the company; the first is the head's. */
export function makeSeats(seed: string): readonly Seat[] {
  const units = [['0', 1] as const, ...UNITS.map(([key, , , , size]) => [key, size] as const)];
  return units
    .flatMap(([unit, size]) => Array.from({ length: size }, () => unit))
    .map((unit, index) => {
      const chance = draw(seed, 'seat', index);
      const tenure = chance.between(200, 700);
      return { index, unit, tenure, phase: chance.int(tenure) };
    });
}

/** Who holds a seat at `t` and who held it before, as far as they have started. */
export function holdersAt(seed: string, seat: Seat, t: number): readonly Holder[] {
  const latest = Math.floor((dayOf(t) - seat.phase) / seat.tenure);
  return [latest, latest - 1]
    .map((number) => {
      const from = number * seat.tenure + seat.phase;
      const vacant = draw(seed, 'vacant', seat.index, number).int(12);
      return { seat, number, from, to: from + seat.tenure - 1 - vacant };
    })
    .filter(({ from }) => timeOn(from, 9) <= t);
}

/** Whether somebody has left by `t`: people leave at six on their last day. */
export function gone({ to }: Holder, t: number): boolean {
  return t >= timeOn(to, 18);
}
