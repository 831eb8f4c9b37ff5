import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { pino } from 'pino';
import type { Display } from '../../../../src/cli/display/display.ts';
import { lineDisplay } from '../../../../src/cli/display/lines.ts';
import type { RunEvent } from '../../../../src/cli/sync/events.ts';
import { isObject, type JsonObject, parseJson } from '../../../../src/json.ts';
import { reportWith, streamReport } from '../summary/fixture.ts';

const records = { source: 'acme', stream: 'base.records' };

/** The lines that a display writes, parsed. */
function linesOf(show: (display: Display) => void): JsonObject[] {
  const lines: JsonObject[] = [];
  const write = (line: string): void => {
    const value = parseJson(line);
    if (isObject(value)) lines.push(value);
  };
  const options = { messageKey: 'event', base: null, timestamp: false } as const;
  const display = lineDisplay(pino(options, { write }));
  show(display);
  display.close();
  return lines;
}

function progress(requests: number): RunEvent {
  const { status, error, warnings, ...counts } = streamReport();
  return { type: 'progress', ...counts, ...records, requests, expected: null, waited_seconds: 0 };
}

test('a run is a line an event, from the plan to the end', () => {
  const lines = linesOf((display) => {
    display.show({ type: 'planned', streams: [records] });
    display.show({ type: 'step', text: 'starting the embedded Postgres' });
    display.show({ type: 'started', ...records });
    display.show({ type: 'finished', source: 'acme', ...streamReport({ warnings: ['beware'] }) });
    display.ended(reportWith([]));
  });
  assert.deepEqual(
    lines.map(({ event }) => event),
    ['run started', 'starting the embedded Postgres', 'warning', 'stream finished', 'run finished'],
  );
  assert.deepEqual(lines[0]?.['streams'], ['acme/base.records']);
  assert.equal(lines[3]?.['type'], undefined);
});

test('what goes wrong beside the streams is a line like the others', () => {
  const [line, ...more] = linesOf((display) => {
    display.show({ type: 'warning', text: 'the metrics file cannot be written' });
  });
  assert.deepEqual(more, []);
  assert.deepEqual(line, {
    level: 40,
    warning: 'the metrics file cannot be written',
    event: 'warning',
  });
});

test('how far streams are is a line every 30 s, with what is known by then', () => {
  mock.timers.enable({ apis: ['setInterval'] });
  const lines = linesOf((display) => {
    for (let half = 1; half <= 121; half += 1) {
      display.show(progress(half));
      mock.timers.tick(500);
    }
    display.show({ type: 'finished', source: 'acme', ...streamReport() });
    mock.timers.tick(60_000);
  });
  mock.timers.reset();
  const told = lines.filter(({ event }) => event === 'progress');
  assert.deepEqual(
    told.map(({ requests }) => requests),
    [60, 120],
  );
});
