// What reading an approval code will cost: the searches are made to find out, and say what is new.

import { stringsOf } from '../../json.ts';
import type { Expectation, Read, Span } from '../../stream.ts';
import type { Call, Endpoint, Lark } from '../../tenant.ts';
import { getInstance, listInstances, queryInstances, searchTasks } from './endpoints.ts';
import { auditWindow, overlapMs, positionOf } from './position.ts';
import { type Findings, probeStatus, type Search } from './probe.ts';
import { reasonsToRead } from './reasons.ts';
import type { ApprovalSettings } from './settings.ts';
import { marginMs, windowsOf, within } from './windows.ts';

/** Windows that a plan may list, at a call each: enough to know the share within a few percent. */
const sampledWindows = 60;

export async function* expectedOf(
  settings: ApprovalSettings,
  read: Read,
): AsyncGenerator<Expectation> {
  const { lark, from } = read;
  const now = await lark.now();
  const position = positionOf(from, settings, now);
  const pages = new Map<Endpoint, number>();
  const reading = { ...read, lark: countingPages(lark, pages) };
  const { due, found, search } = await reasonsToRead(settings, reading, { now, position });
  if (found === undefined) {
    read.warn('new instances cannot be foreseen without the scope approval:approval.list:readonly');
  }
  const earlier = await foundEarlier(lark, search, found);
  const created = [...(earlier?.created ?? []), ...(found?.created ?? [])];
  const listed = { ...position, to: Math.max(position.to, now - marginMs) };
  const audit = auditWindow(listed, now);
  const windows = [...windowsOf(position.to - overlapMs, now), ...windowsOf(audit.from, audit.to)];
  const hiding = earlier === undefined ? 1 : await listedPerFound(read, search, earlier);
  const fresh = (found?.fresh ?? 0) + Math.round(hiding * (earlier?.fresh ?? 0));
  yield {
    endpoint: listInstances,
    calls: windows.reduce((sum, one) => sum + pagesOf(one, created), 0),
  };
  yield { endpoint: queryInstances, calls: pages.get(queryInstances) ?? 1 };
  yield { endpoint: searchTasks, calls: pages.get(searchTasks) ?? 1 };
  yield { endpoint: getInstance, calls: new Set(due).size + fresh };
}

/** The status search looks back a while only: a first run may discover more than that. */
async function foundEarlier(
  lark: Lark,
  search: Search,
  found: Findings | undefined,
): Promise<Findings | undefined> {
  if (found === undefined || search.listedFrom >= search.from) return undefined;
  return probeStatus(lark, { ...search, from: search.listedFrom, to: search.from });
}

/** The search hides revoked instances: how many are listed for each that it gives, told by a few windows. */
async function listedPerFound(
  { lark, partition }: Read,
  search: Search,
  { created }: Findings,
): Promise<number> {
  const windows = [...windowsOf(search.listedFrom, search.from)];
  const sample = windows.filter((_, at) => at % Math.ceil(windows.length / sampledWindows) === 0);
  let [listed, found] = [0, 0];
  for (const window of sample) {
    const query = within(window, partition.key);
    for await (const data of lark.pages(listInstances, { query })) {
      listed += stringsOf(data['instance_code_list']).length;
    }
    found += created.filter((at) => at >= window.from && at < window.to).length;
  }
  return found === 0 ? 1 : Math.max(1, listed / found);
}

function pagesOf({ from, to }: Span, created: readonly number[]): number {
  const inside = created.filter((at) => at >= from && at < to).length;
  return Math.max(1, Math.ceil(inside / (listInstances.pageSize ?? 100)));
}

/** The tenant, with the pages that it gives counted by endpoint. */
function countingPages(lark: Lark, pages: Map<Endpoint, number>): Lark {
  return {
    call: (endpoint, call) => lark.call(endpoint, call),
    now: () => lark.now(),
    async *pages(endpoint: Endpoint, call?: Call) {
      for await (const page of lark.pages(endpoint, call)) {
        pages.set(endpoint, (pages.get(endpoint) ?? 0) + 1);
        yield page;
      }
    },
  };
}
