import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { InterruptedError, SourceError, TransientError } from '../../../src/errors.ts';
import type { Timeouts } from '../../../src/extract/settings.ts';
import { drain, line, textOf } from './line.ts';
import { json, type Reply, serve } from './server.ts';

const live = new AbortController().signal;

test('a request says who asks, for whom, and that gzip is welcome', async (t) => {
  const { transport, seen, dates } = await line(t, json({ code: 0 }), { path: '/proxy/' });
  const post = { method: 'POST', path: '/open-apis/x?a=b', body: '{}' } as const;
  const { status, body } = await transport.send(post, 't-1', 100, live);
  assert.equal(status, 200);
  assert.equal(textOf(body), '{"code":0}');
  const [one] = seen;
  assert.equal(one?.url, '/proxy/open-apis/x?a=b');
  assert.equal(one?.body, '{}');
  assert.equal(one?.headers.authorization, 'Bearer t-1');
  assert.equal(one?.headers['accept-encoding'], 'gzip');
  assert.equal(one?.headers['user-agent'], 'larkhouse/1.2.3');
  assert.equal(one?.headers['content-type'], 'application/json; charset=utf-8');
  assert.ok(!Number.isNaN(Date.parse(dates[0] ?? '')));
});

test('whoever sends is told that the answer begins before its body has come', async (t) => {
  const begun = Promise.withResolvers<void>();
  const { transport } = await line(t, (response) => {
    response.write('{"code"');
    begun.promise.then(() => response.end(':0}'));
  });
  const get = { method: 'GET', path: '/open-apis/x' } as const;
  const { body } = await transport.send(get, 't-1', 100, live, () => begun.resolve());
  assert.equal(textOf(body), '{"code":0}');
});

test('connections are used again', async (t) => {
  const sockets = new Set<unknown>();
  const { send } = await line(t, (response, seen) => {
    sockets.add(response.socket);
    json({})(response, seen);
  });
  for (let count = 0; count < 8; count += 1) await send();
  assert.ok(sockets.size <= 2);
});

test('a redirect is refused with the name of the other host, which sees nothing', async (t) => {
  const other = await serve(t, json({}));
  for (const status of [301, 302, 307, 308]) {
    const reply = json({ code: 0 }, status, { location: `${other.url}/steal?token=hush` });
    const { send, seen } = await line(t, reply);
    await assert.rejects(send(), (error) => {
      assert.ok(error instanceof SourceError);
      assert.ok(error.message.includes(new URL(other.url).host));
      return !error.message.includes('hush');
    });
    assert.equal(seen.length, 1);
  }
  assert.equal(other.seen.length, 0);
});

test('a redirect without a location is refused too', async (t) => {
  const { send } = await line(t, json({ code: 0 }, 304));
  await assert.rejects(send(), SourceError);
});

const stalls: readonly (readonly [string, Partial<Timeouts>, Reply])[] = [
  ['no answer at all', { headers: 50 }, () => {}],
  [
    'a body that stalls',
    { idle: 50 },
    (response) => {
      response.writeHead(200).write('{"code":0');
    },
  ],
  [
    'a body that drips',
    { total: 150, idle: 100 },
    (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    },
  ],
];

for (const [name, timeouts, reply] of stalls) {
  test(`${name} ends in time and is transient`, async (t) => {
    const { send } = await line(t, reply, timeouts);
    await assert.rejects(send(), TransientError);
    const streamed = async (): Promise<number> => drain((await send(2)).body);
    await assert.rejects(streamed(), TransientError);
  });
}

test('a slow reader does not use up the time of the answer', async (t) => {
  // More than the buffers on the way hold: the end is still to come when the reader rests.
  const huge = 'x'.repeat(8_000_000);
  const { send } = await line(t, json(huge), { total: 2000, idle: 2000, maxBodyBytes: 9_000_000 });
  const { body } = await send(10);
  assert.ok(!(body instanceof Uint8Array));
  let bytes = 0;
  let pieces = 0;
  for await (const piece of body) {
    bytes += piece.byteLength;
    pieces += 1;
    if (pieces === 5) await setTimeout(2500);
  }
  assert.equal(bytes, huge.length);
});

test('an aborted signal ends it at once: before the answer, and within it', async (t) => {
  const waiting = await line(t, () => {});
  const stop = new AbortController();
  const sending = waiting.send(1, stop.signal);
  await setTimeout(20);
  stop.abort();
  await assert.rejects(sending, InterruptedError);

  const stalled = await line(t, (response) => void response.writeHead(200).write('{"code":0'));
  const halt = new AbortController();
  const { body } = await stalled.send(1, halt.signal);
  const reading = drain(body);
  halt.abort();
  await assert.rejects(reading, InterruptedError);
});

test('a stream that is left closes its connection', async (t) => {
  const closed = Promise.withResolvers<void>();
  const { send } = await line(t, (response) => {
    response.writeHead(200).write('x'.repeat(100));
    response.on('close', closed.resolve);
  });
  const { body } = await send(10);
  assert.ok(!(body instanceof Uint8Array));
  for await (const _ of body) break;
  await closed.promise;
});

test('closing breaks off what is under way', async (t) => {
  const { transport, send, seen } = await line(t, () => {});
  const sending = send();
  sending.catch(() => {});
  while (seen.length === 0) await setTimeout(5);
  await transport.close();
  await assert.rejects(sending, TransientError);
});
