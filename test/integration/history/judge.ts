// Compares the warehouse with the chronicle: never invented, never mixed, never falsely deleted, and no
// longer behind than the rules allow.

import { type Chronicle, type Parts, sameParts, type Version } from './chronicle.ts';
import { type Held, mayHold, mayMiss, type Situation } from './rules.ts';
import type { Stored } from './stored.ts';

export interface Verdict {
  readonly faults: readonly string[];
  /** Things that are behind, as they may be. */
  readonly behind: number;
}

/** What is wrong with all things of a kind; without a situation only what is wrong at any time. */
export function judge(
  chronicle: Chronicle,
  kind: string,
  stored: ReadonlyMap<string, Stored>,
  situation: Situation | undefined,
): Verdict {
  const faults: string[] = [];
  let behind = 0;
  for (const key of new Set([...chronicle.keys(kind), ...stored.keys()])) {
    const versions = chronicle.versions(kind, key);
    const found = stored.get(key);
    const place = placeOf(versions, found);
    if (place === undefined) {
      faults.push(`${kind} ${key} ${explain(versions, found)}`);
    } else if (place < versions.length - 1) {
      behind += 1;
      const late = situation && lateness({ kind, key, versions, place }, situation);
      if (late !== undefined) faults.push(`${kind} ${key} ${late}`);
    }
  }
  return { faults, behind };
}

/** The place of the newest version that is stored; undefined when it never was so. */
function placeOf(versions: readonly Version[], found: Stored | undefined): number | undefined {
  const parts = partsOf(found);
  const place = versions.findLastIndex((version) => sameParts(version.parts, parts));
  // Marked as deleted: then it must have existed before, and ceased to.
  return place < (found?.isDeleted === true ? 1 : 0) ? undefined : place;
}

function partsOf(found: Stored | undefined): Parts | undefined {
  return found === undefined || Object.keys(found.parts).length === 0 ? undefined : found.parts;
}

function explain(versions: readonly Version[], found: Stored | undefined): string {
  if (versions.length === 1) return 'was invented';
  if (found?.isDeleted === true) return 'is marked as deleted and never was';
  const newest = versions.at(-1)?.parts ?? {};
  const tables = Object.keys({ ...newest, ...found?.parts });
  const lines = tables
    .filter((table) => newest[table] !== found?.parts[table])
    .map(
      (table) =>
        `\n    ${table}\n      is     ${found?.parts[table]}\n      should ${newest[table]}`,
    );
  return `never was as it is stored:${lines.join('')}`;
}

interface Place {
  readonly kind: string;
  readonly key: string;
  readonly versions: readonly Version[];
  readonly place: number;
}

/** What is too late about a thing that is behind; undefined when nothing is. */
function lateness({ kind, key, versions, place }: Place, situation: Situation): string | undefined {
  const version = versions[place];
  const next = versions[place + 1];
  if (version === undefined || next === undefined) return undefined;
  const newest = versions.at(-1);
  const isGone = newest?.parts === undefined;
  const isHidden = newest?.facts.hidden === true;
  const held: Held = {
    kind,
    key,
    version,
    superseded: next.at,
    isGone,
    isHidden,
    facts: next.facts,
  };
  if (!mayHold(held, situation)) return `is still as before ${timeOf(next.at)}`;
  return kind === 'instance' ? missedStatus(held, versions, situation) : undefined;
}

/** Status and tasks are what the searches tell of. */
function missedStatus(
  held: Held,
  versions: readonly Version[],
  situation: Situation,
): string | undefined {
  const [now, then] = [coreOf(versions.at(-1)), coreOf(held.version)];
  if (then === '' || now === then) return undefined;
  const last = versions.findLastIndex((version) => coreOf(version) === then);
  const superseded = versions[last + 1]?.at ?? 0;
  const status = /"status":"(\w+)"/.exec(now)?.[1] ?? '';
  if (mayMiss({ ...held, superseded }, status, situation)) return undefined;
  return `has the status of before ${timeOf(superseded)}`;
}

function coreOf(version: Version | undefined): string {
  const { approval_instances: head = '', approval_tasks: tasks = '' } = version?.parts ?? {};
  return head + tasks;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
