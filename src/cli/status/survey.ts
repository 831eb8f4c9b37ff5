// Looks up in the warehouse how the sources of a configuration stand. Asks no tenant, writes nothing.

import type { Config } from '../../config/schema.ts';
import type { Source } from '../../config/source.ts';
import { SchemaError } from '../../errors.ts';
import { createControl } from '../../load/control.ts';
import { streamsOf } from '../../modules/index.ts';
import { meteredCalls, monthOf } from '../metered.ts';
import type { Warehouse } from '../warehouse.ts';
import { emptyBacklog, readBacklog } from './backlog.ts';
import {
  type Knowledge,
  type Overview,
  type SourceFacts,
  type SourceState,
  sourceState,
} from './overview.ts';
import { emptyHistory, readHistory } from './read.ts';
import { type StoredRows, storedRows } from './stored.ts';

type Place = Pick<Warehouse, 'pool' | 'schema'>;
type Settings = Pick<Config, 'sources' | 'warehouse'>;

/** Without a warehouse, or without tables in it, as if nothing had ever run. Throws WarehouseError. */
export async function survey(
  { sources, warehouse: { schema } }: Settings,
  place: Place | undefined,
  now: number = Date.now(),
): Promise<Overview> {
  const known = place === undefined ? undefined : await knowledgeIn(place);
  const knowledge = known ?? { history: emptyHistory, backlog: emptyBacklog };
  const states: SourceState[] = [];
  for (const source of sources) {
    const facts =
      place === undefined || known === undefined ? noFacts : await factsOf(place, source, now);
    states.push(sourceState(source, knowledge, facts));
  }
  return { schema, at: new Date(now), sources: states, runs: knowledge.history.runs };
}

const noFacts: SourceFacts = { calls: 0, rows: new Map() };

async function knowledgeIn({ pool, schema }: Place): Promise<Knowledge | undefined> {
  try {
    return {
      history: await readHistory(pool, schema),
      backlog: await readBacklog(pool, schema),
    };
  } catch (error) {
    // Nothing has been migrated, so nothing has run.
    if (error instanceof SchemaError) return undefined;
    throw error;
  }
}

async function factsOf(
  { pool, schema }: Place,
  { name: source, modules }: Source,
  now: number,
): Promise<SourceFacts> {
  const control = createControl(pool, schema);
  const calls = meteredCalls(await control.monthlyUsage(source, monthOf(now)));
  const rows = new Map<string, StoredRows>();
  for (const { name, tables } of streamsOf(modules)) {
    rows.set(name, await storedRows(pool, { schema, source }, tables[0]));
  }
  return { calls, rows };
}
