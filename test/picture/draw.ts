// Draws docs/terminal.svg: a first sync of the demo in a real terminal of 80 columns, in the middle and at its
// end. The terminal is that of util-linux's `script`; nothing leaves the machine.

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { removeEmbedded } from '../../src/load/embedded.ts';
import { type Cell, Screen } from './screen.ts';
import { svgOf } from './svg.ts';

const columns = 80;
const root = join(import.meta.dirname, '../..');

/** What the terminal was sent, in the pieces in which it came. */
async function recorded(folder: string): Promise<string[]> {
  const sync = `stty cols ${columns} rows 40; exec ${process.execPath} ${root}/src/cli/main.js sync`;
  const env = { PATH: process.env['PATH'], TERM: 'xterm-256color', MAKELEVEL: '1' };
  const child = spawn('script', ['-qefc', sync, '/dev/null'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pieces: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => void pieces.push(piece));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== 0) throw new Error(`the sync ended with ${code}: ${pieces.at(-1)}`);
  return pieces;
}

/** What it showed after each whole frame. */
function screensOf(pieces: readonly string[]): readonly (readonly Cell[])[][] {
  const screen = new Screen(columns);
  const frames = pieces.join('').split('\u001b[?2026l');
  return frames.map((frame) => {
    screen.write(frame);
    return screen.lines().map((line) => [...line]);
  });
}

function textOf(lines: readonly (readonly Cell[])[]): string {
  return lines.map((line) => line.map(({ text }) => text).join('')).join('\n');
}

/** How much a frame tells: streams that ended, that are read, that wait, for how long, and what is left. */
function worth(lines: readonly (readonly Cell[])[]): number {
  const text = textOf(lines);
  const told = [/^✔/m, /^[\u2801-\u28ff]/m, /^·/m, /≥/, /≤\d{2}%/, /\ds /];
  return told.filter((one) => one.test(text)).length;
}

const folder = await mkdtemp(join(tmpdir(), 'larkhouse-picture-'));
try {
  const screens = screensOf(await recorded(folder));
  const middle = screens.toSorted((one, other) => worth(one) - worth(other)).at(-1) ?? [];
  const end = screens.at(-1) ?? [];
  const summary = end.slice(
    0,
    end.findIndex((line) => textOf([line]).startsWith('Look at it')),
  );
  const line = (text: string, style: string): Cell[] =>
    Array.from(text, (one) => ({ text: one, style }));
  const picture = [
    line('$ make sync', ''),
    ...trimmed(middle),
    [],
    line(`${'─'.repeat(columns - 12)} afterwards`, '2'),
    ...trimmed(summary),
  ];
  const title = 'make sync in a terminal: progress by stream while it runs, a summary afterwards';
  await writeFile(join(root, 'docs/terminal.svg'), svgOf(picture, columns, title));
  console.log(stripVTControlCharacters(textOf(picture)));
} finally {
  await removeEmbedded(join(folder, '.larkhouse'));
  await rm(folder, { recursive: true, force: true });
}

function trimmed(lines: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const filled = lines.map((line) => textOf([line]).trim() !== '');
  return lines.slice(filled.indexOf(true), filled.lastIndexOf(true) + 1);
}
