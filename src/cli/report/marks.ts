// Small things that sections share: states, moments, meters.

import { age, dateTime } from '../words.ts';
import { type Html, html } from './html.ts';

const tones: ReadonlyMap<string, string> = new Map([
  ['complete', 'good'],
  ['incomplete', 'bad'],
  ['abandoned', 'bad'],
  ['interrupted', 'warn'],
]);

/** A state of a run or a stream; its shape says it as well as its colour. */
export function state(status: string): Html {
  const tone = tones.get(status) ?? 'none';
  const sign = { good: '✓', bad: '✕', warn: '!', none: '·' }[tone] ?? '·';
  return html`<span class="state ${tone}"><span aria-hidden="true">${sign}</span> ${status}</span>`;
}

/** The colour that bars of runs with this status have. */
export function toneColor(status: string): string {
  const tone = tones.get(status);
  return tone === undefined ? '--soft' : `--${tone}`;
}

/** How long ago, and when exactly. */
export function moment(at: Date | null, now: Date): Html {
  if (at === null) return html`never`;
  const ago = age(now.getTime() - at.getTime());
  return html`<time datetime="${at.toISOString()}">${ago}<span class="when">${dateTime(at)}</span></time>`;
}

/** A bar that is filled so far; more than whole is whole. */
export function meter(part: number, whole: number, label: string): Html {
  const filled = Math.min(100, whole === 0 ? 100 : (100 * part) / whole);
  const tone = filled >= 90 ? 'bad' : filled >= 75 ? 'warn' : 'good';
  return html`<svg class="meter ${tone}" role="img" aria-label="${label}" viewBox="0 0 100 4" preserveAspectRatio="none"><rect class="all" width="100" height="4"/><rect class="part" width="${filled.toFixed(2)}" height="4"/></svg>`;
}
