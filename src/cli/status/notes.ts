// What waits in a source, as sentences, each with what is done about it.

import { age, count, dateTime, plural } from '../words.ts';
import type { Followed, HeldDeletions } from './backlog.ts';
import type { SourceState } from './overview.ts';

/** `now` in epoch ms. */
export function waitingSentences(source: SourceState, now: number): string[] {
  const { followed_approvals: followed, held_deletions: held } = source;
  return [
    ...(followed === null ? [] : [followedSentence(followed)]),
    ...held.map((one) => heldSentence(one, now)),
    ...rejectSentences(source, now),
  ];
}

function followedSentence({ open, overdue, next_due_at: next }: Followed): string {
  const behind = overdue === 0 ? 'none overdue' : `${count(overdue)} overdue`;
  const then = next === null ? '' : `, the next due ${dateTime(next)}`;
  const hint =
    overdue === 0
      ? ''
      : '. Next: sync without --max-requests, or more often, until none is overdue';
  return `followed approvals: ${count(open)} open, ${behind}${then}${hint}`;
}

function heldSentence(
  { stream, partition, rows, held_at: at }: HeldDeletions,
  now: number,
): string {
  const what = `${plural(rows, 'deletion')} in ${stream} (${partition})`;
  return `held back ${age(now - at.getTime())}: ${what}, implausibly many. The next complete reading marks them if it misses the same rows`;
}

function rejectSentences({ source, streams }: SourceState, now: number): string[] {
  const waiting = streams.filter(({ open_rejects: open }) => open > 0);
  if (waiting.length === 0) return [];
  const parts = waiting.map(({ stream, open_rejects: open, oldest_reject_at: oldest }) => {
    const since = oldest === null ? '' : ` (the oldest ${age(now - oldest.getTime())})`;
    return `${count(open)} of ${stream}${since}`;
  });
  const retry = `larkhouse sync --retry-rejected --source ${source}`;
  return [
    `rejected records that wait: ${parts.join(', ')}. Next, when their cause is gone: ${retry}`,
  ];
}
