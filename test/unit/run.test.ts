import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  FencedError,
  InterruptedError,
  InvariantError,
  QuotaError,
  ReadingLostError,
  TransientError,
} from '../../src/errors.ts';
import { runSource, type Source, type StreamOutcome } from '../../src/run.ts';
import type { Counts, Sink } from '../../src/sink.ts';
import type { Stream, StreamName, Table } from '../../src/stream.ts';

const table: Table = { name: 'nothing', key: ['id'], columns: {} };
const nobody = async (): Promise<never> => {
  throw new InvariantError('not called');
};
const sink: Sink = { open: nobody };
const idle = async (): Promise<void> => undefined;
const forever = new AbortController().signal;

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
  more: Partial<Source> = {},
): Promise<readonly StreamOutcome[]> {
  const source: Source = {
    name: 'acme',
    streams,
    sink,
    replica: { async *rows() {}, known: async () => new Set(), cursor: async () => undefined },
    lark: () => ({ call: nobody, pages: async function* () {}, now: nobody }),
    allow: () => undefined,
    ...more,
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

/** A sink whose writers do as told by how many were opened before them. */
function sinkThat(writes: (nth: number) => Promise<Counts>): Sink & { readonly opened: number } {
  let opened = 0;
  return {
    get opened() {
      return opened;
    },
    async open() {
      const nth = opened;
      opened += 1;
      return { checkpoint: undefined, write: () => writes(nth), close: async () => undefined };
    },
  };
}

/** A stream of one partition, which gives pages of one record without rows. */
function streamOf(name: StreamName, pages: number): Stream {
  return {
    ...streamThat(name, idle),
    async *pages() {
      for (let page = 0; page < pages; page += 1) {
        yield { records: [], cursor: { page }, covers: {} };
      }
    },
  };
}

const written: Counts = {
  records: 100,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  rejected: 0,
};

test('a partition whose reading the warehouse lost is started over, twice at most', async () => {
  for (const [losses, status, opened] of [
    [2, 'complete', 3],
    [3, 'incomplete', 3],
  ] as const) {
    const own = sinkThat(async (nth) => {
      if (nth < losses) throw new ReadingLostError('it is lost');
      return written;
    });
    const [outcome] = await outcomesOf([streamOf('a.first', 1)], forever, { sink: own });
    assert.deepEqual([outcome?.status, own.opened], [status, opened]);
  }
});

test('what was repeated already is not started over', async () => {
  const own = sinkThat(async () => {
    throw new TransientError('the repetitions are used up');
  });
  const [outcome] = await outcomesOf([streamOf('a.first', 1)], forever, { sink: own });
  assert.deepEqual([outcome?.status, own.opened], ['incomplete', 1]);
});

test('a stream of which too many records are rejected stops, and keeps what was committed', async () => {
  const own = sinkThat(async () => ({ ...written, rejected: 8 }));
  const streams = [streamOf('a.first', 5), { ...streamOf('a.second', 5), suspect: true as const }];
  const [first, second] = await outcomesOf(streams, forever, { sink: own });
  assert.deepEqual([first?.status, first?.records, first?.rejected], ['incomplete', 200, 16]);
  assert.match(
    first?.error ?? '',
    /16 of 200 records were rejected.*see reason in rejected_records/,
  );
  assert.deepEqual([second?.records, second?.error], [500, null], 'it was rejected before');
});

test('a run that loses its lease stops, and was not interrupted', async () => {
  const lost = new AbortController();
  lost.abort(new FencedError('the lease is lost'));
  const [outcome] = await outcomesOf([streamOf('a.first', 1)], forever, { lost: lost.signal });
  assert.equal(outcome?.status, 'incomplete');
  assert.match(outcome?.error ?? '', /the source was stopped: the lease is lost/);
});
