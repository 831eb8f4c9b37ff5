// A program that replicates in code: `npm install larkhouse`, then run it when and where you like.
// test/integration/library/packed.test.ts compiles it strictly and runs it as it stands.

import { type ConfigFile, describe, LarkhouseError, type RunEvent, sync } from 'larkhouse';

const config: ConfigFile = {
  // No warehouse: the embedded Postgres in .larkhouse/ of the current folder.
  sources: {
    acme: {
      platform: 'lark',
      base_url: '${LARK_URL:-https://open.larksuite.com}',
      auth: { mode: 'custom_app', app_id: '${LARK_APP_ID}', app_secret: '${LARK_APP_SECRET}' },
      modules: { contact: {}, attendance: { lookback_days: 1 } },
    },
  },
};

function show(event: RunEvent): void {
  if (event.type === 'progress') {
    console.log(`${event.stream}: ${event.records} of ${event.expected ?? 'unknown'} records`);
  }
  if (event.type === 'finished') {
    console.log(
      `${event.stream}: ${event.status}, ${event.inserted} new, ${event.updated} changed`,
    );
  }
  if (event.type === 'warning') console.warn(event.text);
}

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

try {
  const report = await sync({ config, signal: stop.signal, onEvent: show });
  console.log(`run ${report.run_id}: ${report.status}`);
  if (report.status !== 'complete') process.exitCode = 1;
} catch (error) {
  if (!(error instanceof LarkhouseError)) throw error;
  console.error(describe(error));
  process.exitCode = 2;
}
