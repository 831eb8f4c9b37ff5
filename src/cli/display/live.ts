// The display on a terminal: a block of lines on stderr that is drawn anew, and is gone at the end.

import { createLogUpdate } from 'log-update';
import { hasColors, type Shell } from '../shell.ts';
import { clip } from '../words.ts';
import { Board } from './board.ts';
import type { Display } from './display.ts';
import { formatLines, type LineState } from './line.ts';

const redrawMs = 100;

export function liveDisplay(shell: Shell): Display {
  const { stderr } = shell;
  const draw = createLogUpdate(stderr);
  const color = hasColors(stderr, shell.env);
  const board = new Board();
  let headline = '';
  let frame = 0;
  const redraw = (): void => {
    const width = (stderr.columns ?? 80) - 1;
    const height = (stderr.rows ?? 24) - 1;
    const head = headline === '' ? [] : [clip(headline, width)];
    const states = worthShowing(board.states(performance.now()), height - head.length - 1);
    const lines = states.length === 0 ? [] : formatLines(states, { width, color, frame });
    draw(shell.scrubber.scrub([...head, ...lines].join('\n')));
    frame += 1;
  };
  const timer = setInterval(redraw, redrawMs);
  const say = (text: string): void => {
    headline = text;
    redraw();
  };
  return {
    step: say,
    planned: (streams) => {
      board.plan(streams);
      say('');
    },
    skipped: (streams) => {
      for (const stream of streams) board.end(stream, 'skipped', performance.now());
    },
    started: (progress) => board.start(progress),
    finished: async (outcome) => board.end(outcome, outcome.status, performance.now()),
    stopping: (signal) =>
      say(`${signal}: finishing what was read; the same signal again ends at once`),
    ended: () => redraw(),
    close: () => {
      clearInterval(timer);
      draw.clear();
      draw.done();
    },
  };
}

/** What fits the height: those under way before those that wait, and these before those that ended. */
function worthShowing(states: readonly LineState[], height: number): readonly LineState[] {
  if (states.length <= height) return states;
  const rank = ({ phase }: LineState): number =>
    phase === 'reading' ? 0 : phase === 'waiting' ? 1 : 2;
  const kept = new Set(
    [...states].sort((one, other) => rank(one) - rank(other)).slice(0, Math.max(0, height)),
  );
  return states.filter((state) => kept.has(state));
}
