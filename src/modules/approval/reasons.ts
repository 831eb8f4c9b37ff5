// Which instances are to be read now, besides those that a listing discovers: what is overdue, and what
// the searches say has moved.

import type { Read } from '../../stream.ts';
import { dayMs } from '../dates.ts';
import type { Follow } from './due.ts';
import { followsOf } from './follows.ts';
import { overlapMs, type Position } from './position.ts';
import { type Findings, probeStatus, probeTasks, type Search } from './probe.ts';
import type { ApprovalSettings } from './settings.ts';
import { marginMs } from './windows.ts';

export interface Reasons {
  /** Codes to read now: overdue ones first, the longest due first, then what the searches found. */
  readonly due: readonly string[];
  /** Both searches are permitted. */
  readonly probed: boolean;
  /** What the status search found; undefined without its scope. */
  readonly found: Findings | undefined;
  /** What the searches were compared with. */
  readonly search: Search;
}

export async function reasonsToRead(
  settings: ApprovalSettings,
  { lark, replica, partition, full }: Read,
  { now, position }: { readonly now: number; readonly position: Position },
): Promise<Reasons> {
  const follows = await followsOf(replica, partition.key);
  const search = {
    approvalCode: partition.key,
    from: now - settings.lookbackDays * dayMs,
    to: now,
    wantedFrom: position.start,
    listedFrom: position.to - overlapMs,
    follows,
  };
  const found = await probeStatus(lark, search);
  const moved = await probeTasks(lark, search, position.tasksAt);
  const overdue = [...follows.values()]
    .filter((follow) => full || isDue(follow, now))
    .sort((one, other) => one.due_at - other.due_at)
    .map((follow) => follow.instance_code);
  return {
    due: [...overdue, ...(found?.due ?? []), ...(moved ?? [])],
    probed: found !== undefined && moved !== undefined,
    found,
    search,
  };
}

/** What was read in the future was read by a clock that was wrong, and so is its due time. */
function isDue({ due_at, read_at }: Follow, now: number): boolean {
  return due_at <= now || read_at > now + marginMs;
}
