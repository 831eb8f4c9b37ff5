import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, judgeFailure, type Situation } from '../../../../src/cli/notify/judge.ts';
import type { Judgement, Mark, News, Told } from '../../../../src/cli/notify/news.ts';
import type { StreamState } from '../../../../src/cli/status/overview.ts';
import type { SchemaChange } from '../../../../src/load/schema-history.ts';
import { ago, lastRun, now, overview, source, stream } from '../status/states.ts';

const hour = 3_600_000;

/** A channel that remembers what it is given. */
class Channel implements Told {
  readonly #marks = new Map<string, Date>();

  constructor(marks: readonly Mark[] = []) {
    this.remember(marks);
  }

  since(of: string, event: Mark['event'], subject: string): Date | undefined {
    return this.#marks.get(`${of} ${event} ${subject}`);
  }

  remember(marks: readonly Mark[]): void {
    for (const { source: of, event, subject, at, isOver } of marks) {
      if (isOver) this.#marks.delete(`${of} ${event} ${subject}`);
      else this.#marks.set(`${of} ${event} ${subject}`, at);
    }
  }

  /** What it is told now; remembered afterwards. */
  hear(judgements: readonly Judgement[]): News[] {
    for (const { marks } of judgements) this.remember(marks);
    return judgements.flatMap(({ news }) => (news === undefined ? [] : [news]));
  }
}

function situation(streams: readonly StreamState[], given: Partial<Situation> = {}): Situation {
  return {
    overview: overview({ sources: [source({ streams })] }),
    changes: [],
    staleMs: undefined,
    ...given,
  };
}

const failing = stream('base.records', {
  fresh_at: ago(90),
  last_run: lastRun({ status: 'incomplete', error: 'no scope' }),
});

/** What is told, in short. */
function short(news: readonly News[]): string[] {
  return news.map(
    ({ event, source: of, streams }) =>
      `${event} ${of}: ${streams.map((one) => one.stream).join(', ')}`,
  );
}

test('a failure is told once, whatever its error says later, and its end is told once', () => {
  const channel = new Channel();
  const told = (state: StreamState): string[] =>
    short(channel.hear(judge(situation([state, stream('base.apps')]), channel)));
  assert.deepEqual(told(stream('base.records')), []);
  assert.deepEqual(told(failing), ['failure acme: base.records']);
  assert.deepEqual(told(failing), []);
  const other = { ...failing, last_run: lastRun({ status: 'incomplete', error: 'quota' }) };
  assert.deepEqual(told(other), []);
  assert.deepEqual(told(stream('base.records')), ['recovery acme: base.records']);
  assert.deepEqual(told(stream('base.records')), []);
  assert.deepEqual(told(failing), ['failure acme: base.records']);
});

test('a second stream that fails is told alone', () => {
  const channel = new Channel();
  channel.hear(judge(situation([failing]), channel));
  const both = situation([failing, { ...failing, stream: 'contact.users' }]);
  assert.deepEqual(short(channel.hear(judge(both, channel))), ['failure acme: contact.users']);
});

test('an interrupted sync neither fails nor ends a failure', () => {
  const channel = new Channel();
  const interrupted = stream('base.records', { last_run: lastRun({ status: 'interrupted' }) });
  assert.deepEqual(channel.hear(judge(situation([interrupted]), channel)), []);
  channel.hear(judge(situation([failing]), channel));
  assert.deepEqual(channel.hear(judge(situation([interrupted]), channel)), []);
  assert.ok(channel.since('acme', 'failure', 'base.records') !== undefined);
});

test('a stream is stale once its last complete sync is older than it may be, and it is told once', () => {
  const channel = new Channel();
  const stale = (minutes: number) =>
    situation([stream('base.records', { fresh_at: ago(minutes) })], { staleMs: hour });
  assert.deepEqual(channel.hear(judge(stale(60), channel)), []);
  assert.deepEqual(short(channel.hear(judge(stale(61), channel))), [
    'staleness acme: base.records',
  ]);
  assert.deepEqual(channel.hear(judge(stale(121), channel)), []);
  assert.deepEqual(short(channel.hear(judge(stale(5), channel))), ['recovery acme: base.records']);
  assert.deepEqual(
    channel.hear(judge(situation([stream('x.y', { fresh_at: ago(999) })]), channel)),
    [],
  );
});

test('a stream that was never complete is stale by its first sync, and one that never ran is not', () => {
  const channel = new Channel();
  const never = { fresh_at: null, last_run: lastRun({ status: 'interrupted' }) };
  const streams = [
    stream('base.records', { ...never, first_sync_at: ago(61) }),
    stream('base.apps', { ...never, first_sync_at: ago(59) }),
    stream('base.tables', { fresh_at: null, first_sync_at: null, last_run: null }),
  ];
  const told = channel.hear(judge(situation(streams, { staleMs: hour }), channel));
  assert.deepEqual(short(told), ['staleness acme: base.records']);
});

test('a stream that is complete but stale is not well yet', () => {
  const channel = new Channel();
  channel.hear(judge(situation([failing], { staleMs: hour }), channel));
  const late = stream('base.records', { fresh_at: ago(70) });
  assert.deepEqual(channel.hear(judge(situation([late], { staleMs: hour }), channel)), []);
  const [news] = channel.hear(
    judge(situation([stream('base.records')], { staleMs: hour }), channel),
  );
  assert.equal(news?.event, 'recovery');
  assert.deepEqual(news.streams[0]?.told_at, new Date(now));
  assert.deepEqual(
    judge(situation([stream('base.records')], { staleMs: hour }), channel).length,
    0,
  );
});

function change(minutes: number, given: Partial<SchemaChange> = {}): SchemaChange {
  return {
    source: 'acme',
    seen_at: ago(minutes),
    app_token: 'basc1',
    app_name: 'Sales',
    table_id: 'tbl1',
    table_name: 'Orders',
    field_id: 'fld1',
    what: 'renamed',
    name: 'Total',
    name_before: 'Amount',
    kind: 'Number',
    kind_before: 'Number',
    ...given,
  };
}

test('changes of Bases are told from when on there is somebody to tell, each once', () => {
  const channel = new Channel();
  const told = (changes: readonly SchemaChange[]): (Date | undefined)[] =>
    channel
      .hear(judge(situation([], { changes }), channel))
      .flatMap((news) => news.changes.map(({ seen_at: at }) => at));
  assert.deepEqual(told([change(90)]), []);
  assert.deepEqual(told([change(90)]), []);
  assert.deepEqual(told([change(20), change(30), change(90)]), [ago(20), ago(30)]);
  assert.deepEqual(told([change(20), change(30), change(90)]), []);
  assert.deepEqual(told([change(5, { source: 'other' }), change(20)]), []);
});

test('where nothing ever changed, the first change is told', () => {
  const channel = new Channel();
  channel.hear(judge(situation([], { changes: [] }), channel));
  const [news] = channel.hear(judge(situation([], { changes: [change(5)] }), channel));
  assert.equal(news?.event, 'schema_change');
});

test('a run that cannot begin is told once, and that runs begin again', () => {
  const channel = new Channel();
  const failure = { error: 'the warehouse is away', at: new Date(now), runId: null };
  const [news] = channel.hear(judgeFailure(failure, channel));
  assert.deepEqual([news?.event, news?.source, news?.error], ['failure', null, failure.error]);
  assert.deepEqual(channel.hear(judgeFailure(failure, channel)), []);
  assert.deepEqual(short(channel.hear(judge(situation([]), channel))), ['recovery null: ']);
  assert.deepEqual(channel.hear(judge(situation([]), channel)), []);
});

test('what is remembered is only what the news are about', () => {
  const [judgement] = judge(situation([failing]), new Channel());
  assert.deepEqual(judgement?.marks, [
    { source: 'acme', event: 'failure', subject: 'base.records', at: new Date(now), isOver: false },
  ]);
});
