// The few numbers of a source that tell whether it needs a closer look.

import type { SourceState } from '../status/overview.ts';
import { count, plural } from '../words.ts';
import { briefAge, share } from './figures.ts';
import { type Html, html } from './html.ts';
import { meter } from './marks.ts';

export function tiles(source: SourceState, now: Date): Html {
  return html`<ul class="tiles">
${[freshnessTile(source, now), callsTile(source), rejectsTile(source), followedTile(source), heldTile(source)]}</ul>
`;
}

interface Tile {
  readonly title: string;
  readonly value: string;
  readonly note: string;
  readonly tone?: 'good' | 'warn' | 'bad';
  readonly meter?: Html;
}

function tile({ title, value, note, tone, meter: bar }: Tile): Html {
  const shade = tone === undefined ? '' : ` ${tone}`;
  return html`<li class="tile${shade}"><h3>${title}</h3><p class="value">${value}</p>${bar ?? null}<p class="note">${note}</p></li>
`;
}

function freshnessTile({ streams }: SourceState, now: Date): Html {
  const timeOf = (at: Date | null): number => at?.getTime() ?? 0;
  const [oldest] = streams.toSorted((a, b) => timeOf(a.fresh_at) - timeOf(b.fresh_at));
  const title = 'Oldest data';
  if (oldest === undefined) return tile({ title, value: '', note: 'no stream is configured' });
  const at = oldest.fresh_at;
  const failing = streams.filter(({ last_run: last }) => last?.status !== 'complete').length;
  return tile({
    title,
    value: at === null ? 'never read' : briefAge(now.getTime() - at.getTime()),
    note: failing === 0 ? 'every stream is complete' : `${plural(failing, 'stream')} not complete`,
    tone: failing === 0 ? 'good' : 'bad',
  });
}

function callsTile(source: SourceState): Html {
  const { calls_this_month: calls, monthly_calls: limit, calls_left: left } = source;
  const title = 'Calls this month';
  if (limit === null) return tile({ title, value: count(calls), note: 'no quota is configured' });
  const note = `${share(calls, limit)} of ${count(limit)}, ${count(left ?? 0)} left`;
  return tile({ title, value: count(calls), note, meter: meter(calls, limit, note) });
}

function rejectsTile({ streams }: SourceState): Html {
  const open = streams.reduce((sum, { open_rejects: rejects }) => sum + rejects, 0);
  const title = 'Rejected records';
  return open === 0
    ? tile({ title, value: '0', note: 'none waits' })
    : tile({ title, value: count(open), note: 'wait for sync --retry-rejected', tone: 'bad' });
}

function followedTile({ followed_approvals: followed }: SourceState): Html | null {
  if (followed === null) return null;
  const { open, overdue } = followed;
  const note = overdue === 0 ? 'open ones, none overdue' : `open ones, ${count(overdue)} overdue`;
  const value = count(open);
  return tile({ title: 'Followed approvals', value, note, tone: overdue === 0 ? 'good' : 'warn' });
}

function heldTile({ held_deletions: held }: SourceState): Html | null {
  if (held.length === 0) return null;
  const rows = held.reduce((sum, one) => sum + one.rows, 0);
  const note = 'until the next complete reading agrees';
  return tile({ title: 'Held deletions', value: count(rows), note, tone: 'warn' });
}
