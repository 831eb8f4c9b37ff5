import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { type TestContext, test } from 'node:test';
import { Agent } from 'undici';
import { SourceError } from '../../../src/errors.ts';
import {
  checkedLookup,
  type DialSettings,
  dialer,
  type Resolve,
} from '../../../src/extract/dial.ts';
import { json, serve } from './server.ts';

/** A resolver that gives these addresses, one answer after the other and then the last again. */
function resolving(...answers: readonly (readonly string[])[]): {
  resolve: Resolve;
  names: string[];
} {
  const names: string[] = [];
  const resolve: Resolve = (name, _options, callback) => {
    const answer = answers[Math.min(names.length, answers.length - 1)] ?? [];
    names.push(name);
    callback(
      null,
      answer.map((address): LookupAddress => ({ address, family: isIP(address) })),
    );
  };
  return { resolve, names };
}

function agent(t: TestContext, settings: Partial<DialSettings> & { hostname: string }): Agent {
  const connect = dialer({ timeoutMs: 2000, privateNetwork: false, ...settings });
  const made = new Agent({ connect });
  t.after(() => made.destroy());
  return made;
}

/** What becomes of one request: the status of its answer, or its failure. */
async function outcome(
  t: TestContext,
  url: string,
  settings: Partial<DialSettings> = {},
): Promise<unknown> {
  const { origin, hostname } = new URL(url);
  const made = agent(t, { hostname, ...settings });
  const answer = made.request({ origin, path: '/', method: 'GET' });
  return await answer.then(
    ({ statusCode }) => statusCode,
    (error: unknown) => error,
  );
}

const inward: readonly string[] = [
  '127.0.0.1',
  '127.1.2.3',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '0.0.0.0',
  '0.1.2.3',
  '192.0.0.8',
  '198.18.0.1',
  '203.0.113.7',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  'fe80::1',
  'fc00::1',
  'fd00:ec2::254',
  'ff02::1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::1',
  '2001::1',
  '2002:a00:1::',
  '2001:db8::1',
];

for (const address of inward) {
  test(`a name that resolves to ${address} is not called`, async (t) => {
    const { resolve, names } = resolving([address]);
    const refused = await outcome(t, 'https://lark.example.com', { resolve });
    assert.ok(refused instanceof SourceError, String(refused));
    assert.ok(refused.message.includes(`(${address})`), refused.message);
    assert.ok(refused.hint !== undefined);
    assert.deepEqual(names, ['lark.example.com']);
  });

  test(`the address ${address} itself is not called under a base URL of another host`, async (t) => {
    const host = isIP(address) === 6 ? `[${address}]` : address;
    const refused = await outcome(t, `https://${host}`, { hostname: 'lark.example.com' });
    assert.ok(refused instanceof SourceError, String(refused));
  });
}

test('of several addresses only those that are permitted are called', async (t) => {
  const { url, seen } = await serve(t, json({}));
  const { port } = new URL(url);
  const { resolve } = resolving(['10.0.0.1', '169.254.169.254', '127.0.0.1', '8.8.8.8']);
  const answered = await outcome(t, `http://localhost:${port}`, { resolve });
  assert.equal(answered, 200);
  assert.equal(seen.length, 1);
});

test('localhost leads to loopback and nowhere else', async (t) => {
  for (const address of ['8.8.8.8', '10.0.0.1', '::ffff:127.0.0.1']) {
    const { resolve } = resolving([address]);
    assert.ok(
      (await outcome(t, 'http://localhost:9', { resolve })) instanceof SourceError,
      address,
    );
  }
});

test('a name that changes its mind between two connections is refused the second one', async (t) => {
  const { url, seen } = await serve(t, (response) => {
    response.writeHead(200, { connection: 'close' }).end('{}');
  });
  const { port } = new URL(url);
  const { resolve, names } = resolving(['127.0.0.1'], ['10.0.0.1'], ['127.0.0.1']);
  const made = agent(t, { hostname: 'localhost', resolve });
  const ask = async (): Promise<number> => {
    const options = { origin: `http://localhost:${port}`, path: '/', method: 'GET' } as const;
    const { statusCode, body } = await made.request(options);
    await body.dump();
    return statusCode;
  };
  assert.equal(await ask(), 200);
  await assert.rejects(ask(), SourceError);
  assert.equal(await ask(), 200);
  assert.deepEqual(names, ['localhost', 'localhost', 'localhost']);
  assert.equal(seen.length, 2);
});

/** What a lookup gives: addresses, or why it gives none. */
function lookedUp(settings: Omit<DialSettings, 'timeoutMs'>): Promise<unknown> {
  const lookup = checkedLookup(settings);
  return new Promise((resolve) => {
    lookup('lark.example.com', { all: true }, (error, found) => {
      resolve(error ?? (Array.isArray(found) ? found.map(({ address }) => address) : found));
    });
  });
}

const foreign = { hostname: 'lark.example.com', privateNetwork: false };

test('a name that is public when it is first looked up and loopback then is refused then', async () => {
  const { resolve } = resolving(['8.8.8.8', '2606:4700::1111'], ['127.0.0.1']);
  const settings = { ...foreign, resolve };
  assert.deepEqual(await lookedUp(settings), ['8.8.8.8', '2606:4700::1111']);
  assert.ok((await lookedUp(settings)) instanceof SourceError);
});

test('a private network is open to a host that was named, and nothing else is', async () => {
  const named = { ...foreign, privateNetwork: true };
  const own = ['10.0.0.1', '192.168.7.7', '100.64.1.1', 'fd12::1', '8.8.8.8'];
  const never = ['127.0.0.1', '169.254.169.254', '0.0.0.0', '::1', 'fe80::1', '::ffff:10.0.0.1'];
  assert.deepEqual(await lookedUp({ ...named, ...resolving([...never, ...own]) }), own);
  assert.ok((await lookedUp({ ...named, ...resolving(never) })) instanceof SourceError);
  assert.deepEqual(await lookedUp({ ...foreign, ...resolving([...never, ...own]) }), ['8.8.8.8']);
});

test('who asks for one address gets one that is permitted', async () => {
  const { resolve } = resolving(['10.0.0.1', '8.8.8.8']);
  const lookup = checkedLookup({ ...foreign, resolve });
  const found = await new Promise((settle) => {
    lookup('lark.example.com', {}, (error, address, family) => settle([error, address, family]));
  });
  assert.deepEqual(found, [null, '8.8.8.8', 4]);
});

test('a name without addresses is refused', async () => {
  assert.ok((await lookedUp({ ...foreign, ...resolving([]) })) instanceof SourceError);
});

test('a failure of the resolver stays what it is', async (t) => {
  const resolve: Resolve = (_name, _options, callback) =>
    callback(Object.assign(new Error('x'), { code: 'ENOTFOUND' }), []);
  const failed = await outcome(t, 'https://lark.example.com', { resolve });
  assert.ok(failed instanceof Error && 'code' in failed && failed.code === 'ENOTFOUND');
});
