// The display on a terminal: a block of lines on stderr that is drawn anew, and is gone at the end.

import { createLogUpdate } from 'log-update';
import { complain, hasColors, type Shell } from '../shell.ts';
import { clip, wrap } from '../words.ts';
import { formatBlock } from './block.ts';
import { Board } from './board.ts';
import type { Display } from './display.ts';

const redrawMs = 100;

export function liveDisplay(shell: Shell): Display {
  const { stderr } = shell;
  const draw = createLogUpdate(stderr);
  const color = hasColors(stderr, shell.env);
  const board = new Board();
  const warnings: string[] = [];
  let step = '';
  let notice = '';
  let frame = 0;
  const redraw = (): void => {
    // The last cell and the last line stay free: in them a terminal may wrap and scroll.
    const width = (stderr.columns ?? 80) - 1;
    const height = (stderr.rows ?? 24) - 1;
    const headline = notice === '' ? step : notice;
    const head = headline === '' ? [] : [clip(headline, width)];
    const block = formatBlock(board.states(), height - head.length, { width, color, frame });
    const text = [...head, ...block].join('\n');
    if (text !== '') draw(shell.scrubber.scrub(text));
    frame += 1;
  };
  const timer = setInterval(redraw, redrawMs);
  const clear = (): void => {
    clearInterval(timer);
    draw.clear();
    draw.done();
  };
  return {
    show: (event) => {
      if (event.type === 'warning') warnings.push(event.text);
      else board.note(event);
      if (event.type === 'step') step = event.text;
      if (event.type === 'started') step = '';
    },
    stopping: (signal) => {
      notice = `${signal}: finishing what was read; the same signal again ends at once`;
      redraw();
    },
    ended: clear,
    close: () => {
      clear();
      for (const warning of warnings.splice(0)) {
        complain(shell, wrap(`larkhouse: ${warning}`, stderr.columns));
      }
    },
  };
}
