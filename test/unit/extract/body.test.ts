import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { SourceError, TransientError } from '../../../src/errors.ts';
import { drain, line, textOf } from './line.ts';
import { json, type Reply } from './server.ts';

const long = JSON.stringify({ code: 0, text: 'x'.repeat(100_000) });

function gzip(bytes: Buffer): Reply {
  return (response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bytes);
  };
}

test('gzip is unpacked', async (t) => {
  const { send } = await line(t, gzip(gzipSync(long)));
  assert.equal(textOf((await send()).body), long);
});

const zipped = gzipSync(long);
const faults: readonly (readonly [string, Reply, RegExp])[] = [
  ['no gzip that says it is', gzip(Buffer.from(long)), /no valid gzip/],
  ['gzip that breaks off', gzip(zipped.subarray(0, -20)), /no valid gzip, or breaks off/],
  [
    'a compression nobody asked for',
    (response) => {
      response.writeHead(200, { 'content-encoding': 'br' }).end('x');
    },
    /compression/,
  ],
  [
    'a body shorter than it says',
    (response) => {
      response.writeHead(200, { 'content-length': 500 }).write('{"code":0,');
      response.socket?.end();
    },
    /./,
  ],
  [
    'a chunked body that breaks off',
    (response) => {
      response.writeHead(200).write('{"code":0,');
      setImmediate().then(() => response.socket?.destroy());
    },
    /./,
  ],
  ['a connection cut before any answer', (response) => void response.socket?.destroy(), /broke/],
  [
    'something that is no HTTP',
    (response) => void response.socket?.end('SSH-2.0\r\n\r\n'),
    /no valid HTTP/,
  ],
];

for (const [name, reply, what] of faults) {
  test(`${name} is transient, whole or as a stream`, async (t) => {
    const { send } = await line(t, reply);
    await assert.rejects(
      send(),
      (error) => error instanceof TransientError && what.test(error.message),
    );
    const streamed = async (): Promise<number> => drain((await send(4)).body);
    await assert.rejects(streamed(), TransientError);
  });
}

test('an answer up to the limit is one piece, a larger one a stream of the same bytes', async (t) => {
  const { send } = await line(t, json(long));
  assert.equal(textOf((await send(long.length)).body), long);
  const { body } = await send(long.length - 1);
  assert.ok(!(body instanceof Uint8Array));
  assert.equal(await drain(body), long.length);
});

test('an answer larger than the maximum is refused, however it comes', async (t) => {
  const replies = [
    json(long, 200, { 'content-length': `${long.length}` }),
    json(long),
    gzip(zipped),
  ];
  for (const reply of replies) {
    const { send } = await line(t, reply, { maxBodyBytes: 50_000 });
    for (const largeBytes of [Number.POSITIVE_INFINITY, 4]) {
      const whole = async (): Promise<number> => drain((await send(largeBytes)).body);
      await assert.rejects(whole(), (error) => {
        assert.ok(error instanceof SourceError);
        return /limit of 50000 bytes/.test(error.message);
      });
    }
  }
});

test('an answer that says it is larger than the maximum is not waited for', async (t) => {
  const { send } = await line(t, (response) => {
    response.writeHead(200, { 'content-length': 2_000_000 }).flushHeaders();
  });
  await assert.rejects(send(), SourceError);
});
