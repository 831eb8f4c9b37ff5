// Where a source is written, and what streams see of what is already there.

import { mending } from '../../load/mending.ts';
import { createReplica } from '../../load/replica.ts';
import { type SettlingOptions, settling } from '../../load/settling.ts';
import { createSink } from '../../load/sink.ts';
import type { Sink } from '../../sink.ts';
import type { Replica } from '../../stream.ts';
import { withheld } from '../../transform/make.ts';
import type { Offer } from '../selection.ts';
import type { Warehouse } from '../warehouse.ts';
import type { Command } from './assemble.ts';
import { countingSink, emptyReplica, Rehearsal } from './rehearsal.ts';

export interface Places {
  readonly sink: Sink;
  readonly replica: Replica;
}

export interface PlaceOptions {
  readonly command: Command;
  readonly warehouse: Warehouse;
  /** Undefined where nothing is to be written. */
  readonly runId: number | undefined;
  /** Whether the tables are there. */
  readonly isMigrated: boolean;
  /** Aborted when the run is to end. */
  readonly signal: AbortSignal;
}

export function placesFor(
  { source, streams }: Offer,
  { command, warehouse, runId, isMigrated, signal }: PlaceOptions,
): Places {
  const place = { pool: warehouse.pool, schema: warehouse.schema, source };
  const replica = isMigrated ? createReplica(place) : emptyReplica;
  if (runId === undefined) {
    const rehearsal = new Rehearsal(replica, streams);
    return { sink: countingSink(rehearsal), replica: rehearsal };
  }
  const sink = createSink({ ...place, runId, signal });
  return { sink: inItsWay(command, sink, { ...place, runId, untried: withheld }), replica };
}

/** Commands that write what is in the warehouse already have their own way of it. */
function inItsWay(command: Command, sink: Sink, place: SettlingOptions): Sink {
  if (command === 'replay') return mending(sink, place);
  return command === 'retry' ? settling(sink, place) : sink;
}
