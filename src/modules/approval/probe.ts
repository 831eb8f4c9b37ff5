// Cheap searches for what changed. They lag and leave revoked instances out, so what they say,
// and what they do not say, may only make an instance due: it never excuses a reading.

import { PermissionError } from '../../errors.ts';
import { isObject, objectsOf } from '../../json.ts';
import type { Lark } from '../../tenant.ts';
import { dayMs, hourMs } from '../dates.ts';
import type { Follow } from './due.ts';
import { queryInstances, searchTasks } from './endpoints.ts';

/** What a search is compared with; times in epoch ms. */
export interface Search {
  readonly approvalCode: string;
  /** The span of creation that the status search looks at. */
  readonly from: number;
  readonly to: number;
  /** Creations before are not wanted; from `listedFrom` on they are listed by this run anyway. */
  readonly wantedFrom: number;
  readonly listedFrom: number;
  readonly follows: ReadonlyMap<string, Follow>;
}

export interface Findings {
  /** Instances to read now. */
  readonly due: ReadonlySet<string>;
  /** Known instances that the search leaves out. */
  readonly hidden: ReadonlySet<string>;
  /** When those were created that the search lists, and how many of them this run will discover. */
  readonly created: readonly number[];
  readonly fresh: number;
}

const spanMs = 30 * dayMs;
const lagMs = hourMs;

/** Compares the status search with what is followed; undefined without its scope. */
export async function probeStatus(lark: Lark, search: Search): Promise<Findings | undefined> {
  const found = await permitted(foundInstances(lark, search));
  if (found === undefined) return undefined;
  const due = new Set<string>();
  for (const { code, status, created } of found.values()) {
    const follow = search.follows.get(code);
    const isNews =
      follow === undefined ? isMissed(created, search) : follow.hidden || follow.status !== status;
    if (isNews) due.add(code);
  }
  const hidden = new Set<string>();
  for (const follow of search.follows.values()) {
    const isSearched = follow.created_at >= search.from && follow.created_at <= search.to;
    if (!isSearched || found.has(follow.instance_code)) continue;
    hidden.add(follow.instance_code);
    if (!follow.hidden && follow.status !== 'CANCELED') due.add(follow.instance_code);
  }
  const isFresh = ({ code, created }: FoundInstance): boolean =>
    !search.follows.has(code) && created >= search.listedFrom;
  const listed = [...found.values()];
  return {
    due,
    hidden,
    created: listed.map(({ created }) => created),
    fresh: listed.filter(isFresh).length,
  };
}

/** Instances whose tasks moved since they were read, back to `since`; undefined without the scope. */
export async function probeTasks(
  lark: Lark,
  search: Search,
  since: number,
): Promise<ReadonlySet<string> | undefined> {
  const moved = await permitted(movements(lark, search.approvalCode, since - lagMs));
  if (moved === undefined) return undefined;
  const isNews = ({ code, at, created }: Movement): boolean => {
    const follow = search.follows.get(code);
    return follow === undefined ? isMissed(created, search) : at > follow.read_at;
  };
  return new Set(moved.filter(isNews).map(({ code }) => code));
}

function isMissed(created: number, search: Search): boolean {
  return created >= search.wantedFrom && created < search.listedFrom;
}

interface FoundInstance {
  readonly code: string;
  readonly status: string;
  readonly created: number;
}

async function foundInstances(lark: Lark, search: Search): Promise<Map<string, FoundInstance>> {
  const found = new Map<string, FoundInstance>();
  for (let from = search.from; from < search.to; from += spanMs) {
    const body = {
      approval_code: search.approvalCode,
      instance_status: 'ALL',
      instance_start_time_from: String(from),
      instance_start_time_to: String(Math.min(from + spanMs, search.to)),
    };
    for await (const data of lark.pages(queryInstances, { body })) {
      for (const { instance } of objectsOf(data['instance_list'])) {
        if (!isObject(instance) || typeof instance['code'] !== 'string') continue;
        const { code, status, start_time } = instance;
        const upper = typeof status === 'string' ? status.toUpperCase() : '';
        found.set(code, { code, status: upper, created: Number(start_time) });
      }
    }
  }
  return found;
}

interface Movement {
  readonly code: string;
  readonly at: number;
  readonly created: number;
}

async function movements(lark: Lark, approvalCode: string, since: number): Promise<Movement[]> {
  const moved: Movement[] = [];
  const body = { approval_code: approvalCode, order: 0 };
  for await (const data of lark.pages(searchTasks, { body })) {
    for (const { instance, task } of objectsOf(data['task_list'])) {
      if (!isObject(instance) || !isObject(task) || typeof instance['code'] !== 'string') continue;
      const at = Number(task['update_time']);
      if (at < since) return moved;
      moved.push({ code: instance['code'], at, created: Number(instance['start_time']) });
    }
  }
  return moved;
}

async function permitted<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof PermissionError) return undefined;
    throw error;
  }
}
