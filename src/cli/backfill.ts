// `larkhouse backfill`: reads a past span of streams again; their cursors stay where they are.

import { backfilling } from '../levers.ts';
import type { Span, Stream } from '../stream.ts';
import { spanOf } from './backfill/span.ts';
import { configure } from './configuration.ts';
import type { CommonFlags } from './flags.ts';
import { type ExitCode, UsageError } from './outcome.ts';
import { type Offer, offersOf, selectNamed } from './selection.ts';
import type { Shell } from './shell.ts';
import { conduct } from './sync/conduct.ts';
import { perform } from './sync/perform.ts';

export interface BackfillFlags extends CommonFlags {
  /** Name of a stream, or of a module: its streams that have a past. */
  readonly stream: string;
  /** Days or instants, as they were given. */
  readonly from: string;
  readonly to: string;
  readonly maxRequests: number | undefined;
}

/** Throws ConfigError and UsageError before anything is done; whatever fails later is in the report. */
export async function backfill(shell: Shell, given: BackfillFlags): Promise<ExitCode> {
  const span = spanOf(given);
  const configured = await configure(shell, given);
  const named = selectNamed(offersOf(configured.config), given.stream);
  const offers = withPast(named, span);
  if (offers.length === 0) throw withoutPast(given.stream);
  const flags = { ...given, full: false, dryRun: false };
  const job = { surroundings: shell, command: 'backfill', choice: flags, configured } as const;
  return conduct({ shell, command: 'backfill', flags }, (caller) =>
    perform({ ...job, ...caller, offers, limits: flags }),
  );
}

function withPast(offers: readonly Offer[], span: Span): readonly Offer[] {
  return offers
    .map(({ source, streams }) => ({
      source,
      streams: streams.flatMap((stream) => pastOf(stream, span) ?? []),
    }))
    .filter(({ streams }) => streams.length > 0);
}

/** The stream reading the span as far as it is past, by the tenant's clock. */
function pastOf(stream: Stream, span: Span): Stream | undefined {
  const reading = backfilling(stream, span);
  if (reading === undefined) return undefined;
  return {
    ...reading,
    async *pages(read) {
      const now = Math.floor((await read.lark.now()) / 1000) * 1000;
      if (span.from >= now)
        read.warn('the whole span lies in the future: there is nothing to read');
      const past = { from: span.from, to: Math.min(span.to, now) };
      yield* (backfilling(stream, past) ?? reading).pages(read);
    },
  };
}

function withoutPast(name: string): UsageError {
  const isModule = !name.includes('.');
  const subject = isModule ? `every stream of ${name}` : name;
  return new UsageError(`${subject} always reads whole, so that it has no past to read again.`, {
    hint: `larkhouse sync ${name} --full reads all of it anew`,
  });
}
