// JSON lines on stderr, one an event; each line passes the scrubber before it is written.

import { type Logger, pino } from 'pino';
import type { LogLevel } from '../flags.ts';
import type { Shell } from '../shell.ts';

export type Log = Logger;

export function openLog({ stderr, scrubber }: Shell, level: LogLevel): Log {
  const scrubbed = {
    write: (line: string): void => {
      stderr.write(scrubber.scrub(line));
    },
  };
  return pino(
    {
      level,
      messageKey: 'event',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), bindings: () => ({}) },
    },
    scrubbed,
  );
}
