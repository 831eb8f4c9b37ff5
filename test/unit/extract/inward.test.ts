import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../../../src/config/load.ts';
import { ConfigError, SourceError } from '../../../src/errors.ts';
import { dialer } from '../../../src/extract/dial.ts';
import { sample } from '../config/sample.ts';

/** Ways to write a base URL that leads into this machine or its network without saying so plainly. */
const spellings: readonly string[] = [
  'https://2130706433',
  'https://0x7f000001',
  'https://0X7F.0.0.1',
  'https://0177.0.0.1',
  'https://017700000001',
  'https://127.1',
  'https://127.0.1',
  'https://127.0.0.1.',
  'https://%31%32%37.0.0.1',
  'https://１２７.0.0.1',
  'https://127。0。0。1',
  'https://①②⑦.⓪.⓪.①',
  'https://localhost.',
  'https://LOCALHOST.localdomain',
  'https://sub.localhost',
  'https://0',
  'https://0.0.0.0',
  'https://[::]',
  'https://[::ffff:127.0.0.1]',
  'https://[::ffff:7f00:1]',
  'https://[0:0:0:0:0:0:0:1]',
  'https://[::ffff:169.254.169.254]',
  'https://[::127.0.0.1]',
  'https://[64:ff9b::7f00:1]',
  'https://[64:ff9b::a9fe:a9fe]',
  'https://[2002:7f00:1::]',
  'https://[fe80::1]',
  'https://[fe80::1%25eth0]',
  'https://[fec0::1]',
  'https://[ff02::1]',
  'https://169.254.169.254',
  'https://2852039166',
  'https://0xa9fea9fe',
  'https://0251.0376.0251.0376',
  'https://169.254.43518',
  'https://metadata.google.internal',
  'https://012.0.0.1',
  'https://192.0.0.192',
  'https://198.18.0.1',
  'https://224.0.0.1',
  'https://255.255.255.255',
  'https://open.larksuite.com@127.0.0.1',
  'https://127.0.0.1\\@open.larksuite.com',
  'https://open.larksuite.com#@127.0.0.1',
  'https://127.0.0.1.nip.io',
  'http://open.larksuite.com',
  'http://10.0.0.1',
  'http://127.0.0.1@evil.example',
  'ftp://127.0.0.1',
  'file:///etc/passwd',
  'unix:///var/run/docker.sock',
];

/** Private addresses as they are: allow_hosts opens them, and nothing else does. */
const own: readonly string[] = [
  'https://10.0.0.1',
  'https://172.16.0.1',
  'https://192.168.1.1',
  'https://100.100.100.200',
  'https://[fd00:ec2::254]',
];

/** Why the base URL is refused; undefined when it would be called. */
async function refusal(baseUrl: string, allowHosts: readonly string[]): Promise<unknown> {
  try {
    const source = { base_url: baseUrl, allow_hosts: allowHosts };
    const [read] = parseConfig(sample({ source }), 'x.yaml', {}).sources;
    assert.ok(read !== undefined);
    return await calling(new URL(read.baseUrl).hostname, read.privateNetwork);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error;
  }
}

/** Tries to connect; every name leads to loopback. */
function calling(hostname: string, privateNetwork: boolean): Promise<unknown> {
  const dial = dialer({
    timeoutMs: 1000,
    hostname,
    privateNetwork,
    resolve: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  // As undici hands it over.
  const bare = hostname.replace(/^\[|\]$/g, '');
  const options = { hostname: bare, host: hostname, protocol: 'https:', port: '9' };
  return new Promise((resolve) => {
    dial(options, (error, socket) => {
      socket?.destroy();
      resolve(error ?? undefined);
    });
  });
}

for (const spelling of [...spellings, ...own]) {
  test(`${spelling} is refused by its form`, async () => {
    assert.ok((await refusal(spelling, [])) instanceof ConfigError);
  });
}

for (const spelling of spellings) {
  test(`${spelling} is not called although allow_hosts names it`, async () => {
    const host = /^\w+:\/\/([^/]*)/.exec(spelling)?.[1] ?? '';
    const canonical = URL.canParse(spelling) ? new URL(spelling).hostname : host;
    for (const name of [host, canonical]) {
      const refused = await refusal(spelling, [name]);
      assert.ok(refused instanceof ConfigError || refused instanceof SourceError, String(refused));
    }
  });
}
