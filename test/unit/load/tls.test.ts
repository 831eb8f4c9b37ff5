import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { createSecureContext, TLSSocket } from 'node:tls';
import { ConfigError, describe, WarehouseError } from '../../../src/errors.ts';
import { connectionSettings, openPool, query } from '../../../src/load/pool.ts';
import { exposureOf } from '../../../src/load/tls.ts';
import { type Identity, selfSigned } from '../extract/certificate.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'larkhouse-tls-'));
});
after(() => rm(folder, { recursive: true }));

interface Front {
  readonly port: number;
  /** What came through TLS. */
  readonly heard: Buffer[];
}

/** What a Postgres with TLS does until the client has introduced itself; then it hangs up. */
async function front(t: TestContext, identity: Identity): Promise<Front> {
  const heard: Buffer[] = [];
  const secureContext = createSecureContext(identity);
  const open = new Set<Socket>();
  const server = createServer((plain) => {
    open.add(plain);
    plain.on('error', () => undefined);
    plain.once('data', () => {
      plain.write('S');
      const secure = new TLSSocket(plain, { isServer: true, secureContext });
      secure
        .on('error', () => undefined)
        .once('data', (bytes: Buffer) => {
          heard.push(bytes);
          secure.destroy();
        });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return { port: address.port, heard };
}

async function failureOf(url: string): Promise<string> {
  const pool = openPool(url, { max: 1 });
  const failure = await query(pool, 'select 1').catch((error: unknown) => error);
  await pool.end();
  assert.ok(failure instanceof WarehouseError, String(failure));
  return failure.message;
}

async function trusted(name: string, { cert }: Identity): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, cert);
  return encodeURIComponent(path);
}

// 0.0.0.0 leads to this machine and is not one of its names.
for (const [what, urlOf] of [
  ['verify-full', (port: number) => `postgres://u:hidden@localhost:${port}/d?sslmode=verify-full`],
  ['nothing, off loopback', (port: number) => `postgres://u:hidden@0.0.0.0:${port}/d`],
] as const) {
  test(`a URL that says ${what} verifies the server, whatever the environment of the process says`, async (t) => {
    t.after(() => {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    });
    const { port, heard } = await front(t, selfSigned('localhost', 2020, 2100));
    for (const value of ['1', '0']) {
      process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = value;
      assert.match(await failureOf(urlOf(port)), /no verified TLS .*DEPTH_ZERO_SELF_SIGNED_CERT/);
    }
    assert.deepEqual(heard, []);
  });
}

test('an authority that the URL names is trusted, for its own host alone', async (t) => {
  const identity = selfSigned('localhost', 2020, 2100);
  const { port, heard } = await front(t, identity);
  const file = await trusted('own', identity);
  const [user, rest] = ['postgres://u:hidden@', `:${port}/d?sslrootcert=${file}`];
  assert.match(await failureOf(`${user}0.0.0.0${rest}`), /ERR_TLS_CERT_ALTNAME_INVALID/);
  assert.equal(heard.length, 0);
  assert.match(await failureOf(`${user}localhost${rest}`), /cannot be reached/);
  assert.match(String(heard[0]), /user\0u\0/);
});

test('at the end of a tunnel, on loopback, no-verify takes any certificate', async (t) => {
  const { port, heard } = await front(t, selfSigned('db.example.com', 2020, 2100));
  await failureOf(`postgres://u:hidden@127.0.0.1:${port}/d?sslmode=no-verify`);
  assert.equal(heard.length, 1);
});

test('a certificate of the client reaches the connection, its key too', async () => {
  const { key, cert } = selfSigned('u', 2020, 2100);
  const file = join(folder, 'client');
  await writeFile(file, `${cert}${key}`);
  const name = encodeURIComponent(file);
  const { ssl } = connectionSettings(
    `postgres://u@db.example.com/d?sslcert=${name}&sslkey=${name}`,
  );
  const pair = `${cert}${key}`;
  assert.deepEqual(ssl, { rejectUnauthorized: true, cert: pair, key: pair });
});

test('a file of the URL that cannot be read is a problem of the configuration', () => {
  for (const option of ['sslrootcert', 'sslcert', 'sslkey']) {
    assert.throws(
      () => openPool(`postgres://u:hidden@db.example.com/d?${option}=/no/such`),
      (error) =>
        error instanceof ConfigError &&
        /warehouse\.url.*names the file \/no\/such .*\(ENOENT\)/s.test(describe(error)) &&
        !describe(error).includes('hidden'),
    );
  }
});

test('what the URL says beside TLS stays', () => {
  const { connectionString } = connectionSettings(
    'postgres://u:p%40ss@db.example.com:6543/d?sslmode=verify-full&application_name=mine',
  );
  assert.equal(connectionString, 'postgres://u:p%40ss@db.example.com:6543/d?application_name=mine');
});

test('only a connection to another machine without TLS is told of, without its password', () => {
  const bare = exposureOf('postgres://u:hidden@db.example.com:6543/d?sslmode=disable') ?? '';
  assert.match(bare, /^no TLS to the warehouse at db\.example\.com:6543: /);
  assert.doesNotMatch(bare, /hidden/);
  for (const url of [
    'postgres://u@db.example.com/d',
    'postgres://u@localhost/d?sslmode=disable',
    'postgres://u@127.0.0.1/d',
    'postgres://u@[::1]/d',
    'postgresql:///d?host=/var/run/postgresql',
  ]) {
    assert.equal(exposureOf(url), undefined, url);
  }
});
