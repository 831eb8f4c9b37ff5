// `larkhouse discover`: what the credentials can see, with the ids that a configuration needs. Writes nothing.

import { Cleanup } from './cleanup.ts';
import { configure, serve } from './configuration.ts';
import type { Sight } from './discover/sight.ts';
import { sightOf } from './discover/source.ts';
import { sightText } from './discover/text.ts';
import type { CommonFlags } from './flags.ts';
import { onInterrupt, stopped } from './interrupt.ts';
import type { ExitCode } from './outcome.ts';
import { complain, print, type Shell, widthOf } from './shell.ts';
import { siteOf } from './site.ts';
import { connectSources } from './sync/connections.ts';
import { uncounted } from './uncounted.ts';

/** Throws ConfigError, UsageError, WarehouseError and InterruptedError; what the tenant refuses makes the exit code 1. */
export async function discover(shell: Shell, flags: CommonFlags): Promise<ExitCode> {
  const configured = await configure(shell, flags);
  const stop = new AbortController();
  const { signal } = stop;
  const silence = onInterrupt((name) => stop.abort(stopped('discovery', name)));
  const cleanup = new Cleanup();
  try {
    const served = await serve(shell, flags, { configured, clock: 'look' });
    cleanup.add(() => served.close());
    const { config } = served;
    const site = await siteOf(shell, config, cleanup);
    const larks = connectSources(config.sources, cleanup, shell.scrubber);
    const sights: Sight[] = [];
    for (const source of config.sources) {
      const lark = larks.get(source.name)?.(uncounted, signal);
      if (lark === undefined) continue;
      sights.push(await sightOf(source, lark, site.replica(source.name), signal));
    }
    show(shell, flags, sights);
    return sights.some(({ errors }) => errors.length > 0) ? 1 : 0;
  } finally {
    await cleanup.run();
    silence();
  }
}

function show(shell: Shell, { json, quiet }: CommonFlags, sights: readonly Sight[]): void {
  for (const { source, errors } of sights) {
    for (const error of errors) complain(shell, `error: ${source}: ${error}`);
  }
  if (json) print(shell, JSON.stringify({ sources: sights }));
  else if (!quiet) print(shell, sightText(sights, widthOf(shell.stdout)));
}
