// Tells operators what is new to them, once on each channel. Nothing here fails a run: what cannot be told
// is a warning, and is tried again by the next run.

import { describe, TransientError } from '../../errors.ts';
import { schemaChanges } from '../../load/schema-history.ts';
import type { Overview } from '../status/overview.ts';
import type { Warehouse } from '../warehouse.ts';
import type { Channel } from './channels.ts';
import { judge, judgeFailure } from './judge.ts';
import type { Judgement, Told } from './news.ts';
import { type Memory, memoryIn } from './told.ts';

type Place = Pick<Warehouse, 'pool' | 'schema'>;

/** Gives what could not be told, as sentences. Throws WarehouseError and SchemaError. */
export async function tellState(
  channels: readonly Channel[],
  overview: Overview,
  { place, staleMs }: { readonly place: Place; readonly staleMs: number | undefined },
): Promise<readonly string[]> {
  const sources = overview.sources.map(({ source }) => source);
  const changes = await schemaChanges(place.pool, place.schema, { sources });
  const memory = memoryIn(place.pool, place.schema);
  return tell(channels, memory, (told) => judge({ overview, changes, staleMs }, told));
}

/** The same of a run that could not begin. Without a warehouse that remembers, it is news each time. */
export async function tellFailure(
  channels: readonly Channel[],
  failure: { readonly error: string; readonly at: Date; readonly runId: number | null },
  place: Place | undefined,
): Promise<readonly string[]> {
  const memory = await memoryAt(place);
  return tell(channels, memory, (told) => judgeFailure(failure, told));
}

async function memoryAt(place: Place | undefined): Promise<Memory> {
  if (place === undefined) return forgetful;
  const memory = memoryIn(place.pool, place.schema);
  return memory.told('').then(
    () => memory,
    () => forgetful,
  );
}

const forgetful: Memory = {
  told: async () => ({ since: () => undefined }),
  remember: async () => undefined,
};

async function tell(
  channels: readonly Channel[],
  memory: Memory,
  judged: (told: Told) => readonly Judgement[],
): Promise<readonly string[]> {
  const warnings: string[] = [];
  for (const channel of channels) {
    const judgements = judged(await memory.told(channel.name));
    for (const { news, marks } of judgements) {
      try {
        if (news !== undefined) await channel.tell(news);
      } catch (error) {
        warnings.push(`${news?.event} was not told by ${channel.name}: ${describe(error)}`);
        // Who does not answer is not asked again; one message that is refused says nothing of the next.
        if (error instanceof TransientError) break;
        continue;
      }
      await memory.remember(channel.name, marks);
    }
  }
  return warnings;
}
