// The way to the tenant: names that do not resolve, certificates that do not hold, hosts that lead elsewhere.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { answer } from '../../../src/demo/fault-answers.ts';
import { streamsIn } from '../../integration/cli/json.ts';
import { type Identity, selfSigned } from '../../unit/extract/certificate.ts';
import { type Ended, startScene, type Trial } from '../scene.ts';
import { hasty } from './hasty.ts';

const scene = await startScene();
after(() => scene.close());
const { tenant } = scene;

/** Makes the configuration name another base URL, permitted by name. */
async function moveTo(trial: Trial, url: string): Promise<void> {
  const allowed = `allow_hosts: [${new URL(url).hostname}]`;
  await trial.configure((yaml) => yaml.replace(/base_url: .*/, `base_url: ${url}\n    ${allowed}`));
}

/** That no stream was read, and what each says. */
function failure({ code, report, stderr }: Ended): string {
  assert.equal(code, 1, stderr);
  const streams = Object.values(streamsIn(report ?? {}));
  assert.equal(streams.length, 9);
  for (const { status } of streams) assert.equal(status, 'incomplete');
  return streams.map(({ error }) => String(error)).join('\n');
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return address.port;
}

test('fault 29: a name that does not resolve for a while costs repetitions', async () => {
  const trial = await scene.trial();
  const { port } = new URL(tenant.url);
  await moveTo(trial, `http://localhost:${port}`);
  const names = { localhost: ['EAI_AGAIN', 'ENOTFOUND', 'EAI_AGAIN', '127.0.0.1'] };
  const { code, stderr } = await trial.run(undefined, { env: hasty({}, names) });
  assert.equal(code, 0, stderr);
  await trial.prove();
});

test('fault 29: a name that never resolves ends the run, and says what to look at', async () => {
  const trial = await scene.trial();
  await moveTo(trial, 'https://gone.example');
  const names = { 'gone.example': ['ENOTFOUND'] };
  const said = failure(await trial.run(undefined, { env: hasty({}, names) }));
  assert.match(said, /gone\.example: the host name cannot be resolved \(ENOTFOUND\).*Next: .*DNS/);
  await trial.configure((yaml) => yaml);
  await trial.prove();
});

test('fault 29: certificates that do not hold end the run, whatever the environment says, and nothing is sent', async () => {
  const trial = await scene.trial();
  const folder = await mkdtemp(join(tmpdir(), 'larkhouse-certificates-'));
  const cases: readonly (readonly [Identity, boolean, RegExp])[] = [
    [selfSigned('localhost', 2020, 2100), false, /DEPTH_ZERO_SELF_SIGNED_CERT/],
    [selfSigned('localhost', 2020, 2021), true, /CERT_HAS_EXPIRED/],
    [selfSigned('elsewhere.example', 2020, 2100), true, /ERR_TLS_CERT_ALTNAME_INVALID/],
  ];
  for (const [identity, isTrusted, code] of cases) {
    let served = 0;
    const server = createServer(identity, (_request, response) => {
      served += 1;
      response.end();
    });
    await moveTo(trial, `https://localhost:${await listening(server)}`);
    const authority = join(folder, 'authority.pem');
    await writeFile(authority, identity.cert);
    const trust = isTrusted
      ? { NODE_EXTRA_CA_CERTS: authority }
      : { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const said = failure(await trial.run(undefined, { env: { ...hasty(), ...trust } }));
    server.close();
    assert.match(said, code);
    assert.match(said, /certificate of localhost:\d+ is not accepted/);
    assert.equal(served, 0);
  }
  await rm(folder, { recursive: true });
  await trial.configure((yaml) => yaml);
  await trial.prove();
});

test('fault 30: a redirect is not followed, and no token leaves', async () => {
  const trial = await scene.trial();
  let visits = 0;
  const elsewhere = createPlainServer((_request, response) => {
    visits += 1;
    response.end();
  });
  const port = await listening(elsewhere);
  const redirects = [
    [301, 'contact.departments.children', `http://127.0.0.1:${port}/login`],
    [302, 'approval.approvals.get', 'http://169.254.169.254/latest/meta-data/'],
    [307, 'base.records.search', `//localhost:${port}/`],
    [308, 'attendance.user_flows.query', 'https://open.larksuite.com/open-apis/'],
  ] as const;
  for (const [status, endpoint, location] of redirects) {
    tenant.faults.next(endpoint, answer(status, '', { Location: location }), 1000);
  }
  const { code, report } = await trial.run(undefined, { env: hasty() });
  elsewhere.close();
  assert.deepEqual([code, visits], [1, 0]);
  const streams = streamsIn(report ?? {});
  const hosts = new Map([
    ['contact.departments', `127.0.0.1:${port}`],
    ['approval.definitions', '169.254.169.254'],
    ['base.records', `localhost:${port}`],
    ['attendance.flows', 'open.larksuite.com'],
  ]);
  for (const [stream, host] of hosts) {
    assert.equal(streams[stream]?.['status'], 'incomplete');
    assert.ok(String(streams[stream]?.['error']).includes(`redirects to the host ${host};`));
    assert.equal(streams[stream]?.['retries'], 0);
  }
  assert.equal(streams['base.tables']?.['status'], 'complete');
  await trial.prove();
});

const astray = [
  ['metadata.example', '169.254.169.254'],
  ['inside.example', '127.0.0.1'],
  ['mapped.example', '::ffff:169.254.169.254'],
] as const;

test('fault 30: a name that leads to metadata or loopback addresses is not called, though it is allowed', async () => {
  const trial = await scene.trial();
  const names = Object.fromEntries(astray.map(([name, address]) => [name, [address]]));
  const { port } = new URL(tenant.url);
  for (const [name] of astray) {
    await moveTo(trial, `https://${name}:${port}`);
    const said = failure(await trial.run(undefined, { env: hasty({}, names) }));
    assert.match(said, new RegExp(`${name.replaceAll('.', '\\.')}.* leads to .*is not called`));
  }
  assert.equal(tenant.requests.total, 0);
  await trial.configure((yaml) => yaml);
  await trial.prove();
});
