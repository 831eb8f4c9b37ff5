// How fresh each stream of a source is, and what its last sync did.

import { waitingSentences } from '../status/notes.ts';
import type { SourceState, StreamState } from '../status/overview.ts';
import { furthestBehind } from '../status/position.ts';
import type { LastRun } from '../status/read.ts';
import { saysStopped } from '../stopped.ts';
import { count, dateTime, duration } from '../words.ts';
import { type Html, html, type Part } from './html.ts';
import { moment, state } from './marks.ts';
import { type Column, table } from './table.ts';

export function freshness(source: SourceState, now: Date): Html {
  return html`${table('Freshness of streams', columns(now), source.streams)}
${notes(source, now)}`;
}

function columns(now: Date): readonly Column<StreamState>[] {
  return [
    { title: 'Stream', cell: ({ stream }) => stream },
    { title: 'Fresh as of', cell: ({ fresh_at: at }) => moment(at, now) },
    { title: 'Last sync', cell: ({ last_run: last }) => (last === null ? '' : state(last.status)) },
    { title: 'Rows', isNumber: true, cell: rowsOf },
    ofLast('New', ({ inserted }) => count(inserted)),
    ofLast('Changed', ({ updated }) => count(updated)),
    ofLast('Deleted', ({ deleted }) => count(deleted)),
    ofLast('Rejected', ({ rejected }) => count(rejected)),
    ofLast('Calls', ({ requests }) => count(requests)),
    ofLast('Took', ({ seconds }) => duration(seconds)),
    { title: 'Stands at', cell: standing },
  ];
}

function ofLast(title: string, cell: (last: LastRun) => Part): Column<StreamState> {
  return {
    title,
    isNumber: true,
    cell: ({ last_run: last }) => (last === null ? '' : cell(last)),
  };
}

function rowsOf({ rows, rows_estimated: isEstimate }: StreamState): string {
  return `${isEstimate ? '~' : ''}${count(rows)}`;
}

/** Of several cursors the one that is furthest behind. */
function standing({ cursors }: StreamState): Part {
  const last = furthestBehind(cursors);
  if (last === undefined) return '';
  return html`${last.words}${last.at === null ? null : html`<span class="when">${dateTime(last.at)}</span>`}`;
}

/** What waits, and what went wrong. */
function notes(source: SourceState, now: Date): Html | null {
  const waiting = waitingSentences(source, now.getTime());
  const errors = source.streams.flatMap(({ stream, last_run: last }) =>
    (last?.error?.split('\n') ?? [])
      .filter((line) => !saysStopped(line))
      .map((line) => ({ stream, line })),
  );
  if (waiting.length + errors.length === 0) return null;
  return html`<ul class="notes">
${errors.map(({ stream, line }) => html`<li class="bad"><strong>${stream}</strong> ${line}</li>\n`)}${waiting.map((sentence) => html`<li>${sentence}</li>\n`)}</ul>
`;
}
