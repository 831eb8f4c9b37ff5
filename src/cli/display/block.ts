// The live block within the height of the terminal. Pure.

import { clip, plural } from '../words.ts';
import { formatLines, type LineState, type LineStyle, paint } from './line.ts';

/** As many streams as the height permits, those under way first, and how many are not shown. */
export function formatBlock(
  states: readonly LineState[],
  height: number,
  style: LineStyle,
): readonly string[] {
  if (states.length === 0 || height < 2) return [];
  if (states.length < height) return formatLines(states, style);
  const shown = worthShowing(states, height - 2);
  const more = clip(`  and ${plural(states.length - shown.length, 'more stream')}`, style.width);
  return [...formatLines(shown, style), paint('dim', more, style)];
}

/** Those under way before those that wait, and these before those that ended. */
function worthShowing(states: readonly LineState[], most: number): readonly LineState[] {
  const rank = ({ phase }: LineState): number =>
    phase === 'reading' ? 0 : phase === 'waiting' ? 1 : 2;
  const kept = new Set([...states].sort((one, other) => rank(one) - rank(other)).slice(0, most));
  return states.filter((state) => kept.has(state));
}
