// JSON lines on stderr, one an event; each line passes the scrubber before it is written.

import { type Logger, pino } from 'pino';
import type { LogLevel } from '../flags.ts';
import type { Shell } from '../shell.ts';

export type Log = Logger;

export function openLog({ stderr, scrubber }: Shell, level: LogLevel): Log {
  const scrubbed = {
    write: (line: string): void => {
      stderr.write(escaped(scrubber.scrub(line)));
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

/** The same JSON, for those who see it in a terminal: what steers one, and JSON does not escape by itself. */
function escaped(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
