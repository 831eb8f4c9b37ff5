import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { InterruptedError, SourceError } from '../../../src/errors.ts';
import { drain, line, textOf } from './line.ts';
import { json, type Reply } from './server.ts';

/** Hands the pieces over as the other side takes them. */
function streaming(source: AsyncIterable<Buffer | string>): Reply {
  return (response) => void Readable.from(source).pipe(response);
}

const piece = Buffer.alloc(64 * 1024, 'x');
const pieces = 1000;

test('who does not read on stops the sender, and gets all when he does', async (t) => {
  let sent = 0;
  async function* source(): AsyncGenerator<Buffer> {
    for (; sent < pieces; sent += 1) yield piece;
  }
  const { send } = await line(t, streaming(source()), { maxBodyBytes: pieces * piece.length });
  const { body } = await send(10);
  await setTimeout(300);
  assert.ok(sent < pieces / 2, `${sent} pieces were taken`);
  assert.equal(await drain(body), pieces * piece.length);
});

test('a large body is given in small pieces, in their order, from its beginning on', async (t) => {
  const sent = Array.from({ length: 200 }, (_, number) => Buffer.alloc(piece.length, number));
  const sentBytes = sent.length * piece.length;
  async function* source(): AsyncGenerator<Buffer> {
    yield* sent;
  }
  const { send } = await line(t, streaming(source()), { maxBodyBytes: sentBytes });
  const { body } = await send(sentBytes / 2);
  assert.ok(!(body instanceof Uint8Array));
  const got: Uint8Array[] = [];
  for await (const one of body) got.push(one);
  assert.ok(Buffer.concat(got).equals(Buffer.concat(sent)));
  const largest = Math.max(...got.map(({ length }) => length));
  assert.ok(largest <= 4 * piece.length, `${largest} bytes came at once`);
});

test('a body in many pieces is put together in their order', async (t) => {
  async function* source(): AsyncGenerator<string> {
    for (let number = 0; number < 50; number += 1) {
      yield `${number},`;
      await setTimeout(1);
    }
  }
  const { send } = await line(t, streaming(source()));
  const expected = Array.from({ length: 50 }, (_, number) => `${number},`).join('');
  assert.equal(textOf((await send()).body), expected);
});

test('an early hint is not yet the answer', async (t) => {
  const { send } = await line(t, (response, seen) => {
    response.writeEarlyHints({ link: '</a>; rel=preload' });
    json({ code: 0 })(response, seen);
  });
  const { status, headers, body } = await send();
  assert.deepEqual([status, headers['link'], textOf(body)], [200, undefined, '{"code":0}']);
});

test('a header that comes twice is one with both values', async (t) => {
  const { send } = await line(t, json({}, 200, { 'X-Twice': 'a' }));
  assert.equal((await send()).headers['x-twice'], 'a');
  const twice = await line(t, (response, seen) => {
    response.setHeader('X-Twice', ['a', 'b']);
    json({})(response, seen);
  });
  assert.equal((await twice.send()).headers['x-twice'], 'a, b');
});

test('what was given up before it could be sent is not sent', async (t) => {
  const { send, seen } = await line(t, json({}));
  const stop = new AbortController();
  const sending = send(1, stop.signal);
  stop.abort();
  await assert.rejects(sending, InterruptedError);
  await send();
  assert.equal(seen.length, 1);
});

test('a body that grows beyond the limit is not taken on', async (t) => {
  const closed = Promise.withResolvers<void>();
  const { send } = await line(
    t,
    (response) => {
      response.write('x'.repeat(5000));
      response.on('close', closed.resolve);
    },
    { maxBodyBytes: 4000 },
  );
  await assert.rejects(send(), SourceError);
  await closed.promise;
});
