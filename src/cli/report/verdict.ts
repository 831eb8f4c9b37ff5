// The answer to the first question of whoever opens a report: is everything well?

import type { Overview, StreamState } from '../status/overview.ts';
import { count, plural } from '../words.ts';
import { type Html, html } from './html.ts';

export function verdict({ sources, runs }: Overview): Html {
  if (runs.length === 0) return html`<div class="verdict none">Nothing has run so far.</div>\n`;
  const streams = sources.flatMap((source) =>
    source.streams.map((state) => ({ name: `${source.source} ${state.stream}`, state })),
  );
  const bad = streams.filter(({ state }) => troubleOf(state) !== undefined);
  if (bad.length === 0) {
    const all =
      streams.length === 1
        ? 'The only stream was complete at its last sync.'
        : `All ${plural(streams.length, 'stream')} were complete at their last sync.`;
    return html`<div class="verdict">${all}</div>\n`;
  }
  const lines = bad.map(({ name, state }) => html`<li>${name}: ${troubleOf(state) ?? ''}</li>`);
  const verb = bad.length === 1 ? 'needs' : 'need';
  return html`<div class="verdict bad">${count(bad.length)} of ${plural(streams.length, 'stream')} ${verb} a look.<ul>${lines}</ul></div>\n`;
}

function troubleOf({ last_run: last, open_rejects: open }: StreamState): string | undefined {
  if (last === null) return 'never synced';
  if (last.status !== 'complete') return last.status;
  return open > 0 ? `${plural(open, 'rejected record')} waiting` : undefined;
}
