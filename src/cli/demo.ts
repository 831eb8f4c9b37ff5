// `larkhouse demo`: serves the simulated tenant until a signal comes.

import { DEMO_APP_ID } from '../demo/constants.ts';
import { startTenant } from '../demo/server.ts';
import { demoTime } from './demo-tenant.ts';
import { onInterrupt } from './interrupt.ts';
import { invocation } from './invocation.ts';
import { type ExitCode, UsageError } from './outcome.ts';
import { print, type Shell } from './shell.ts';

/** Throws UsageError when the port is none or is taken. */
export async function demo(shell: Shell, given: string): Promise<ExitCode> {
  const port = portOf(given);
  const now = await demoTime(shell, 'move');
  const tenant = await startTenant({ port, now }).catch((error: unknown) => {
    throw portProblem(error, port);
  });
  const larkhouse = invocation(shell.env);
  const ended = Promise.withResolvers<void>();
  const silence = onInterrupt(() => ended.resolve());
  print(
    shell,
    `The simulated tenant answers at ${tenant.url} for the app ${DEMO_APP_ID} (config/demo.yaml has its secret).
Its date is ${new Date(now()).toISOString().slice(0, 10)}; each start is a working day later. Ctrl-C ends it.
Sync it from another terminal: LARKHOUSE_DEMO_URL=${tenant.url} ${larkhouse} sync
Or set it up like a tenant of your own: ${larkhouse} init --base-url ${tenant.url} --app-id ${DEMO_APP_ID}`,
  );
  await ended.promise;
  await tenant.close();
  silence();
  return 0;
}

function portOf(given: string): number {
  const port = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`--port must be a number from 0 to 65535`);
}

function portProblem(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const what = code === 'EACCES' ? 'may not be used by this user' : 'is taken';
  return new UsageError(`port ${port} ${what}`, {
    hint: 'name another with --port, or 0 for a free one',
  });
}
