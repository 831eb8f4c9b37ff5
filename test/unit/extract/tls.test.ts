import assert from 'node:assert/strict';
import { createSecureServer } from 'node:http2';
import { type TestContext, test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { SourceError } from '../../../src/errors.ts';
import { connect } from '../../../src/extract/connect.ts';
import { type Identity, selfSigned } from './certificate.ts';

/** What becomes of signing in at a server with this certificate; `served` has the HTTP version of its requests. */
async function signIn(
  t: TestContext,
  identity: Identity,
): Promise<{ readonly failure: unknown; readonly served: string[] }> {
  const served: string[] = [];
  const server = createSecureServer({ ...identity, allowHTTP1: true }, (request, response) => {
    served.push(request.httpVersion);
    response.end('{"code":0,"msg":"ok","tenant_access_token":"t-1","expire":7200}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const connection = connect({
    source: 'acme',
    baseUrl: `https://localhost:${address.port}`,
    auth: { mode: 'custom_app', appId: 'cli_a', appSecret: 's' },
  });
  t.after(async () => {
    await connection.close();
    server.close();
  });
  const failure = await connection.verify().catch((error: unknown) => error);
  return { failure, served };
}

function trust(t: TestContext, { cert }: Identity): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([cert]);
  t.after(() => setDefaultCACertificates(before));
}

test('a certificate that is trusted, in time and of the host is accepted; HTTP/1.1 is spoken', async (t) => {
  const identity = selfSigned('localhost', 2020, 2100);
  trust(t, identity);
  assert.deepEqual(await signIn(t, identity), { failure: undefined, served: ['1.1'] });
});

const bad: readonly (readonly [string, string, number, boolean, RegExp])[] = [
  ['self-signed', 'localhost', 2100, false, /DEPTH_ZERO_SELF_SIGNED_CERT/],
  ['expired', 'localhost', 2021, true, /CERT_HAS_EXPIRED/],
  ["another host's", 'elsewhere.example', 2100, true, /ERR_TLS_CERT_ALTNAME_INVALID/],
];

test('the environment cannot switch the check off', async (t) => {
  t.after(() => {
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  });
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  const { failure, served } = await signIn(t, selfSigned('localhost', 2020, 2100));
  assert.ok(failure instanceof SourceError, String(failure));
  assert.match(failure.message, /DEPTH_ZERO_SELF_SIGNED_CERT/);
  assert.deepEqual(served, []);
});

for (const [name, host, until, trusted, code] of bad) {
  test(`a certificate that is ${name} ends it: nothing is sent, nothing repeated`, async (t) => {
    const identity = selfSigned(host, 2020, until);
    if (trusted) trust(t, identity);
    const { failure, served } = await signIn(t, identity);
    assert.ok(failure instanceof SourceError, String(failure));
    assert.match(failure.message, code);
    assert.match(failure.hint ?? '', /NODE_EXTRA_CA_CERTS/);
    assert.deepEqual(served, []);
  });
}
