// What there is to tell: what the warehouse knows, less what was told already. Pure.

import type { SchemaChange } from '../../load/schema-history.ts';
import type { Overview, SourceState, StreamState } from '../status/overview.ts';
import type { Judgement, Mark, News, StreamNews, Told, Trouble } from './news.ts';

export interface Situation {
  readonly overview: Overview;
  /** Of all sources, the newest first. */
  readonly changes: readonly SchemaChange[];
  /** A stream is stale when its last complete sync began longer ago, in ms; undefined: none is. */
  readonly staleMs: number | undefined;
}

/** For a run that began, however its streams ended. */
export function judge(situation: Situation, told: Told): readonly Judgement[] {
  const { overview } = situation;
  return [
    ...wholeRecovery(overview, told),
    ...overview.sources.flatMap((source) => [
      ...troubleOf('failure', source, { situation, told }),
      ...troubleOf('staleness', source, { situation, told }),
      ...schemaOf(source, situation, told),
      ...recoveryOf(source, situation, told),
    ]),
  ];
}

/** For a run that could not begin. */
export function judgeFailure(
  failure: { readonly error: string; readonly at: Date; readonly runId: number | null },
  told: Told,
): readonly Judgement[] {
  const { error, at, runId } = failure;
  if (told.since('', 'failure', '') !== undefined) return [];
  const marks: Mark[] = [{ source: '', event: 'failure', subject: '', at, isOver: false }];
  const news = { event: 'failure', source: null, at, run_id: runId, error } as const;
  return [{ news: { ...news, streams: [], changes: [] }, marks }];
}

interface Known {
  readonly situation: Situation;
  readonly told: Told;
}

function troubleOf(event: Trouble, { source, streams }: SourceState, known: Known): Judgement[] {
  const { situation, told } = known;
  const fresh = streams.filter(
    (state) =>
      isIn(event, state, situation) && told.since(source, event, state.stream) === undefined,
  );
  if (fresh.length === 0) return [];
  const { at } = situation.overview;
  return [
    {
      news: newsOf(situation, source, { event, streams: fresh.map((one) => streamNews(one)) }),
      marks: fresh.map(({ stream: subject }) => ({ source, event, subject, at, isOver: false })),
    },
  ];
}

/** Streams that were told to fail or to be stale, and now do neither. */
function recoveryOf(
  { source, streams }: SourceState,
  situation: Situation,
  told: Told,
): Judgement[] {
  const { at } = situation.overview;
  const well: StreamNews[] = [];
  const marks: Mark[] = [];
  for (const state of streams) {
    const { stream: subject } = state;
    const over = troubles.filter((event) => told.since(source, event, subject) !== undefined);
    if (over.length === 0 || !isWell(state, situation)) continue;
    const since = over.map((event) => told.since(source, event, subject) ?? at);
    well.push(streamNews(state, new Date(Math.min(...since.map(Number)))));
    marks.push(...over.map((event) => ({ source, event, subject, at, isOver: true })));
  }
  if (well.length === 0) return [];
  return [{ news: newsOf(situation, source, { event: 'recovery', streams: well }), marks }];
}

/** The first time there is nothing to tell: it is only remembered from when on there is. */
function schemaOf({ source }: SourceState, situation: Situation, told: Told): Judgement[] {
  const before = told.since(source, 'schema_change', '');
  const all = situation.changes.filter((change) => change.source === source);
  const changes = all.filter(({ seen_at: at }) => before !== undefined && at > before);
  const at = all[0]?.seen_at ?? new Date(0);
  const marks: Mark[] = [{ source, event: 'schema_change', subject: '', at, isOver: false }];
  if (before === undefined) return [{ news: undefined, marks }];
  if (changes.length === 0) return [];
  return [{ news: newsOf(situation, source, { event: 'schema_change', changes }), marks }];
}

function wholeRecovery(overview: Overview, told: Told): Judgement[] {
  if (told.since('', 'failure', '') === undefined) return [];
  const { at } = overview;
  const marks: Mark[] = [{ source: '', event: 'failure', subject: '', at, isOver: true }];
  const news = { event: 'recovery', source: null, at, run_id: newestRun(overview) } as const;
  return [{ news: { ...news, error: null, streams: [], changes: [] }, marks }];
}

const troubles = ['failure', 'staleness'] as const;

function isIn(event: Trouble, state: StreamState, { overview, staleMs }: Situation): boolean {
  if (event === 'failure') return state.last_run?.status === 'incomplete';
  const since = state.fresh_at ?? state.first_sync_at;
  if (staleMs === undefined || since === null) return false;
  return overview.at.getTime() - since.getTime() > staleMs;
}

/** A stream whose last sync was interrupted is neither well nor failing. */
function isWell(state: StreamState, situation: Situation): boolean {
  return state.last_run?.status === 'complete' && !isIn('staleness', state, situation);
}

function streamNews(state: StreamState, told_at: Date | null = null): StreamNews {
  const { stream, fresh_at, last_run: last } = state;
  const { status = null, error = null, rejected = 0 } = last ?? {};
  return { stream, status, fresh_at, error, rejected, told_at };
}

function newsOf(
  { overview }: Situation,
  source: string,
  told: Pick<News, 'event'> & Partial<Pick<News, 'streams' | 'changes'>>,
): News {
  const { event, streams = [], changes = [] } = told;
  const run_id = newestRun(overview);
  return { event, source, at: overview.at, run_id, error: null, streams, changes };
}

function newestRun({ runs }: Overview): number | null {
  return runs[0]?.run_id ?? null;
}
