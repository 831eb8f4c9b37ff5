// `sync` as programs call it, in their own process: what it gives, tells and throws, and what it leaves behind.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { after, test } from 'node:test';
import {
  ConfigError,
  type ConfigFile,
  InterruptedError,
  type RunEvent,
  sync,
  UsageError,
  WarehouseError,
} from '../../../src/index.ts';
import { startStage } from '../cli/stage.ts';

const stage = await startStage();
after(() => stage.close());
const [base] = stage.company.has.bases;

function configOf(source = 'acme', url = stage.url): ConfigFile {
  const { app_id, app_secret } = stage.tenant.app;
  return {
    warehouse: { url },
    sources: {
      [source]: {
        platform: 'lark',
        base_url: stage.tenant.url,
        auth: { mode: 'custom_app', app_id, app_secret },
        modules: { base: [{ app_token: base?.app_token ?? '' }], contact: {} },
      },
    },
  };
}

test('it gives what the command prints, and tells what it does in order', async () => {
  const events: RunEvent[] = [];
  const report = await sync({ config: configOf(), onEvent: (event) => void events.push(event) });
  assert.equal(report.status, 'complete');
  assert.ok(report.run_id !== null);
  const names = report.sources.flatMap(({ streams }) => streams.map(({ stream }) => stream));
  const [first, ...rest] = events;
  assert.deepEqual(first, {
    type: 'planned',
    streams: names.map((stream) => ({ source: 'acme', stream })),
  });
  for (const name of names) {
    const own = rest.filter((event) => 'stream' in event && event.stream === name);
    assert.equal(own[0]?.type, 'started');
    assert.equal(own.at(-1)?.type, 'finished');
    const middle = own.slice(1, -1).map(({ type }) => type);
    assert.ok(middle.every((type) => type === 'progress'));
  }
  const records = rest.find(
    (event) => event.type === 'finished' && event.stream === 'base.records',
  );
  assert.ok(records?.type === 'finished' && records.inserted === 20);
  const printed = await stage.run(['sync', 'base', 'contact', '--json']);
  const again = JSON.parse(printed.stdout);
  assert.deepEqual(Object.keys(report), Object.keys(again));
  assert.deepEqual(
    Object.keys(report.sources[0]?.streams[0] ?? {}),
    Object.keys(again.sources[0].streams[0]),
  );
});

test('it takes the name of a file, and may be called again in the same process', async () => {
  await stage.configure(JSON.stringify(configOf()));
  const file = `${stage.folder}/acme.yaml`;
  const [first, second] = [await sync({ config: file }), await sync({ config: file })];
  assert.deepEqual([first.status, second.status], ['complete', 'complete']);
  assert.ok(Number(second.run_id) > Number(first.run_id));
  await assert.rejects(sync({ config: `${stage.folder}/none.yaml` }), ConfigError);
});

test('named streams are read with what they need, and no others', async () => {
  const report = await sync({ config: configOf(), streams: ['base.records'], full: true });
  const names = report.sources.flatMap(({ streams }) => streams.map(({ stream }) => stream));
  assert.deepEqual(names, ['base.tables', 'base.records']);
});

test('two at once read two sources side by side; of one source the second is skipped', async () => {
  const [one, other] = await Promise.all([
    sync({ config: configOf('one') }),
    sync({ config: configOf('other') }),
  ]);
  assert.deepEqual([one.status, other.status], ['complete', 'complete']);
  let second: ReturnType<typeof sync> | undefined;
  const first = await sync({
    config: configOf('one'),
    full: true,
    onEvent: ({ type }) => {
      if (type === 'started') second ??= sync({ config: configOf('one') });
    },
  });
  assert.equal(first.status, 'complete');
  assert.equal((await second)?.status, 'skipped');
});

test('a signal that is aborted ends the run as interrupted, and nothing listens to it any more', async () => {
  const caller = new AbortController();
  const report = await sync({
    config: configOf('stopped'),
    signal: caller.signal,
    onEvent: ({ type }) => {
      if (type === 'started') caller.abort();
    },
  });
  assert.equal(report.status, 'interrupted');
  assert.equal(getEventListeners(caller.signal, 'abort').length, 0);
  const early = sync({ config: configOf('stopped'), signal: caller.signal });
  await assert.rejects(early, InterruptedError);
  assert.equal((await sync({ config: configOf('stopped') })).status, 'complete');
});

test('what the caller throws on an event ends the run and comes back', async () => {
  const own = new Error('of the caller');
  const onEvent = (event: RunEvent): void => {
    if (event.type === 'finished') throw own;
  };
  const failing = sync({ config: configOf('thrown'), onEvent });
  await assert.rejects(failing, (error) => error === own);
  const [run] = await stage.rows('select status from lark.sync_runs order by run_id desc limit 1');
  assert.equal(run?.['status'], 'interrupted');
});

test('what keeps a run from beginning is thrown by its name, without secrets', async () => {
  const { sources } = configOf();
  const { acme } = sources;
  assert.ok(acme !== undefined);
  const twice = { ...acme, modules: { base: [], approval: { approval_codes: [] } } };
  await assert.rejects(sync({ config: { sources: { acme: twice } } }), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.equal(error.problems.length, 2);
    return true;
  });
  await assert.rejects(sync({ config: configOf(), streams: ['okr'] }), UsageError);
  await assert.rejects(sync({ config: configOf(), sources: ['okr'] }), UsageError);
  await assert.rejects(sync({ config: configOf(), maxRequests: 0 }), UsageError);
  const wrong = new URL(stage.url);
  wrong.password = 'a-wrong-password-of-somebody';
  wrong.port = '1';
  await assert.rejects(sync({ config: configOf('acme', wrong.href) }), (error) => {
    assert.ok(error instanceof WarehouseError);
    assert.doesNotMatch(`${error.stack}${error.message}`, /a-wrong-password/);
    return true;
  });
});

test('a member that is undefined counts as left out', async () => {
  const config = configOf();
  const modules = { ...config.sources['acme']?.modules, attendance: undefined };
  const given = JSON.parse(JSON.stringify(config));
  given.sources.acme.modules = modules;
  assert.equal((await sync({ config: given })).status, 'complete');
});

test('a failing stream is in the report, and does not throw', async () => {
  const { scopes } = stage.tenant.app;
  scopes.delete('bitable:app:readonly');
  const report = await sync({ config: configOf(), full: true, maxRequests: 3 });
  scopes.add('bitable:app:readonly');
  assert.equal(report.status, 'incomplete');
  const errors = report.sources[0]?.streams.map(({ error }) => error);
  assert.match(errors?.join() ?? '', /3 requests/);
});

test('no listener is left on the process, and none of its signals is listened to meanwhile', async () => {
  const listeners = (): Record<string, number> =>
    Object.fromEntries(
      ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit', 'uncaughtException', 'unhandledRejection'].map(
        (name) => [name, process.listenerCount(name)],
      ),
    );
  const before = listeners();
  let during = {};
  await sync({
    config: configOf(),
    onEvent: ({ type }) => {
      if (type === 'finished') during = listeners();
    },
  });
  assert.deepEqual([during, listeners()], [before, before]);
});
