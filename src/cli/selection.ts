// Which streams a command is about, by the names of modules and streams that it was given.

import type { Config } from '../config/schema.ts';
import { suggest } from '../config/suggest.ts';
import { streamsOf } from '../modules/index.ts';
import type { Stream } from '../stream.ts';
import { UsageError } from './outcome.ts';
import { treating } from './privacy/treating.ts';

/** The streams that one source has. */
export interface Offer {
  readonly source: string;
  readonly streams: readonly Stream[];
}

/** All streams of all sources, storing what the configuration lets them. */
export function offersOf({ sources, privacy }: Pick<Config, 'sources' | 'privacy'>): Offer[] {
  return sources.map(({ name, modules }) => ({
    source: name,
    streams: streamsOf(modules).map(treating(privacy)),
  }));
}

/**
 * Leaves each source the named streams and what they need, in the order of the catalog; all without
 * names. Throws UsageError for a name that no source has.
 */
export function selectStreams<O extends Offer>(
  offers: readonly O[],
  names: readonly string[],
): O[] {
  if (names.length === 0) return [...offers];
  requireKnown(offers, names);
  return chosen(offers, (streams) => withNeeds(streams, names));
}

/** Leaves each source the streams of one name, and not what they need. Throws UsageError as above. */
export function selectNamed<O extends Offer>(offers: readonly O[], name: string): O[] {
  requireKnown(offers, [name]);
  return chosen(offers, (streams) => streams.filter((stream) => isNamed(stream, [name])));
}

function chosen<O extends Offer>(
  offers: readonly O[],
  choose: (streams: readonly Stream[]) => readonly Stream[],
): O[] {
  return offers
    .map((offer) => ({ ...offer, streams: choose(offer.streams) }))
    .filter(({ streams }) => streams.length > 0);
}

function requireKnown(offers: readonly Offer[], names: readonly string[]): void {
  const known = new Set(
    offers.flatMap(({ streams }) => streams.flatMap(({ name }) => [moduleOf(name), name])),
  );
  for (const name of names) {
    if (!known.has(name)) throw unknownStream(name, [...known]);
  }
}

function isNamed(stream: Stream, names: readonly string[]): boolean {
  return names.includes(stream.name) || names.includes(moduleOf(stream.name));
}

function withNeeds(streams: readonly Stream[], names: readonly string[]): readonly Stream[] {
  const wanted = new Set<string>();
  const want = (stream: Stream): void => {
    if (wanted.has(stream.name)) return;
    wanted.add(stream.name);
    for (const need of streams) if (stream.needs?.includes(need.name)) want(need);
  };
  for (const stream of streams) {
    if (isNamed(stream, names)) want(stream);
  }
  return streams.filter(({ name }) => wanted.has(name));
}

/** Those of the named sources; all without names. Throws UsageError for a name that is not there. */
export function selectSources<S extends { readonly name: string }>(
  sources: readonly S[],
  names: readonly string[],
): readonly S[] {
  const known = sources.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    throw new UsageError(`the configuration has no source ${name}: ${suggest(name, known)}`);
  }
  return names.length === 0 ? sources : sources.filter(({ name }) => names.includes(name));
}

function moduleOf(stream: string): string {
  return stream.split('.')[0] ?? stream;
}

function unknownStream(name: string, known: readonly string[]): UsageError {
  const suggestion = suggest(name, known);
  const near = suggestion.startsWith('did') ? ` ${suggestion}` : '';
  return new UsageError(
    `there is no stream ${name} in what the configuration switches on.${near} Accepted: ${known.join(', ')}.`,
  );
}
