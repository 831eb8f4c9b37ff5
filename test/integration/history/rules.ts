// How long the warehouse may be behind the tenant, said again from the contract.

import type { Facts, Version } from './chronicle.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The tenant's clock comes in whole seconds. */
const tickMs = 2000;
/** The searches of approvals are so far behind. */
export const searchLagMs = 90_000;

export interface Settings {
  readonly searches: 'both' | 'tasks' | 'none';
  readonly approvalLookbackDays: number;
  readonly attendanceLookbackDays: number;
  /** Nothing older is asked for; epoch ms. Undefined: the first run looks back. */
  readonly start: number | undefined;
  readonly includesLeavers: boolean;
}

/** A run that has ended, epoch ms of the tenant. */
export interface Span {
  readonly started: number;
  readonly ended: number;
}

/** What is known at a complete run. */
export interface Situation extends Settings {
  readonly started: number;
  /** When the first complete run began. */
  readonly firstComplete: number;
  /** When a run last saw only some of the people. */
  readonly narrowedAt: number;
  /** All runs before, oldest first. */
  readonly before: readonly Span[];
  /** When the first complete run began at which this person was at work. */
  firstSeen(person: string): number | undefined;
  isAtWork(person: string): boolean;
  visibleFrom(instance: string): number;
  /** When the table last changed in a way that its revision tells. */
  lastLoud(container: string): number;
}

/** A version that the warehouse still holds, and since when it is wrong. */
export interface Held {
  readonly kind: string;
  readonly key: string;
  readonly version: Version;
  readonly superseded: number;
  /** It does not exist any more. */
  readonly isGone: boolean;
  /** The view through which it is read does not show it any more. */
  readonly isHidden: boolean;
  /** Of the version that came after it. */
  readonly facts: Facts;
}

/** Whether a complete run may leave this as it is. */
export function mayHold(held: Held, situation: Situation): boolean {
  if (held.kind === 'instance') return mayHoldInstance(held, situation);
  if (held.kind === 'punch') return mayHoldPunch(held, situation);
  if (held.kind === 'user' || held.kind === 'department') return mayHoldHidden(held, situation);
  if (held.kind === 'record' && held.isHidden && !held.isGone) return true;
  return (held.kind === 'record' || held.kind === 'app') && mayHoldSilent(held, situation);
}

/** What no revision tells of is read daily. */
function mayHoldSilent({ superseded, facts }: Held, { started, lastLoud }: Situation): boolean {
  const isSilent = facts.silent === true && superseded >= lastLoud(facts.container ?? '');
  return isSilent && started < superseded + dayMs;
}

/** Who left when others were out of sight cannot be told from them, and is never marked. */
function mayHoldHidden({ isGone, superseded }: Held, { narrowedAt }: Situation): boolean {
  return isGone && superseded <= narrowedAt;
}

function mayHoldInstance({ key, version, superseded, facts }: Held, situation: Situation): boolean {
  const { started, before } = situation;
  if (version.parts === undefined) {
    const start =
      situation.start ?? situation.firstComplete - situation.approvalLookbackDays * dayMs;
    return (facts.created ?? 0) < start + tickMs || situation.visibleFrom(key) > started - tickMs;
  }
  const { created = 0, settled = 0 } = version.facts;
  if (settled === 0) return started < superseded + openEvery(superseded - created, situation);
  const lastRead = before.findLast((run) => run.started <= superseded)?.ended ?? 0;
  return !checksAfter(settled, situation).some((check) => check > lastRead && check <= started);
}

function openEvery(age: number, { searches }: Situation): number {
  const every =
    age < dayMs ? 0 : age < 7 * dayMs ? 4 * hourMs : age < 30 * dayMs ? dayMs : 7 * dayMs;
  return searches === 'both' ? Math.max(every, dayMs) : every;
}

function checksAfter(settled: number, { approvalLookbackDays: last }: Situation): number[] {
  const days = [1, 3, 7, 14, 30].filter((day) => day < last);
  return [settled + 10 * minuteMs, ...[...days, last].map((day) => settled + day * dayMs)];
}

/** Whether the searches leave a change of status or tasks unseen that came at `superseded`. */
export function mayMiss(held: Held, status: string, situation: Situation): boolean {
  const { searches, started } = situation;
  if (searches === 'none' || held.superseded > started - searchLagMs - tickMs) return true;
  const from = started - situation.approvalLookbackDays * dayMs + tickMs;
  const isSearched = searches === 'both' && (held.facts.created ?? 0) >= from;
  // The tasks of what is canceled are not shown.
  return !isSearched && status === 'CANCELED';
}

function mayHoldPunch({ superseded, facts }: Held, situation: Situation): boolean {
  const { owner = '', created = 0 } = facts;
  const seen = situation.firstSeen(owner);
  if (seen === undefined) return true;
  // A run that stayed incomplete may have read the person before.
  const first = situation.before.findLast((run) => run.started < seen)?.started ?? seen;
  // Attendance calls people out of sight unknown, who are tried again weekly.
  if (situation.started < situation.narrowedAt + 7 * dayMs + hourMs) return true;
  if (!situation.includesLeavers && !situation.isAtWork(owner)) return true;
  const lookback = situation.attendanceLookbackDays * dayMs;
  const { start } = situation;
  // Runs that were broken off may have read the person too.
  const readTo = situation.before.findLast((run) => run.started <= superseded)?.started ?? 0;
  const oldest = superseded <= first ? (start ?? first - lookback) : (start ?? 0);
  const since = superseded <= first ? readTo : Math.max(readTo, first);
  return created < Math.max(oldest, since - lookback);
}
