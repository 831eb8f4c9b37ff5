import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InterruptedError, InvariantError, QuotaError } from '../../src/errors.ts';
import { runSource, type Source, type StreamOutcome } from '../../src/run.ts';
import type { Sink, Stream, StreamName, Table } from '../../src/stream.ts';

const table: Table = { name: 'nothing', key: ['id'], columns: {} };
const nobody = async (): Promise<never> => {
  throw new InvariantError('not called');
};
const sink: Sink = { open: nobody };

function streamThat(name: StreamName, plans: () => Promise<void>): Stream {
  return {
    name,
    tables: [table],
    async *partitions() {
      await plans();
      yield { key: 'all' };
    },
    async *pages() {},
  };
}

async function outcomesOf(
  streams: readonly Stream[],
  signal: AbortSignal,
): Promise<readonly StreamOutcome[]> {
  const source: Source = {
    name: 'acme',
    streams,
    sink,
    replica: { async *rows() {}, known: async () => new Set(), cursor: async () => undefined },
    lark: () => ({ call: nobody, pages: async function* () {}, now: nobody }),
    allow: () => undefined,
  };
  const watch = { started: () => undefined, finished: async () => undefined };
  return runSource(source, { full: false, signal, watch });
}

test('streams that another one stopped tell the reason, each with a place of its own', async () => {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const streams = [
    streamThat('a.first', async () => {
      stop();
      throw new QuotaError('it is used up');
    }),
    streamThat('a.second', () => stopped),
    streamThat('a.third', () => stopped),
  ];
  const outcomes = await outcomesOf(streams, new AbortController().signal);
  const reason = 'not read, since the source was stopped: it is used up';
  assert.deepEqual(
    outcomes.map(({ error }) => error),
    [
      'it is used up [source acme, stream a.first]',
      `${reason} [source acme, stream a.second, partition all]`,
      `${reason} [source acme, stream a.third, partition all]`,
    ],
  );
});

test('an interruption is located in each stream, and what interrupted stays as it is', async () => {
  const stop = new AbortController();
  const reason = new InterruptedError('the run was stopped by SIGTERM');
  stop.abort(reason);
  const idle = async (): Promise<void> => undefined;
  const streams = [streamThat('a.first', idle), streamThat('a.second', idle)];
  const outcomes = await outcomesOf(streams, stop.signal);
  assert.deepEqual(
    outcomes.map(({ error, status }) => [status, error]),
    ['a.first', 'a.second'].map((stream) => [
      'interrupted',
      `the run was stopped by SIGTERM [source acme, stream ${stream}, partition all]`,
    ]),
  );
  assert.deepEqual(reason.circumstances, {});
});
