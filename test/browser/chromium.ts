// A real browser for tests, without a network of its own.

import { access } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';

const usual = '/usr/bin/chromium';

/** Chromium as root runs it in a container, asking for nothing by itself. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts $CHROMIUM, or Debian's. Throws where there is none: these tests prove nothing without a browser. */
export async function launch(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? usual;
  await access(executablePath).catch(() => {
    throw new Error(
      `there is no Chromium at ${executablePath}: install one (apt-get install chromium), or name it with CHROMIUM=/path/to/it`,
    );
  });
  return chromium.launch({ executablePath, args: flags });
}
