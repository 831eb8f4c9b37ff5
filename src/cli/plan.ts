// `larkhouse plan`: what a sync would request, by endpoint, and how long that would take. Writes no data.

import { Cleanup } from './cleanup.ts';
import { configure, serve } from './configuration.ts';
import type { CommonFlags } from './flags.ts';
import { onInterrupt, stopped } from './interrupt.ts';
import type { ExitCode } from './outcome.ts';
import type { Forecast } from './plan/forecast.ts';
import { forecastOf } from './plan/source.ts';
import { forecastText } from './plan/text.ts';
import { offersOf, selectStreams } from './selection.ts';
import { complain, print, type Shell, widthOf } from './shell.ts';
import { siteOf } from './site.ts';
import { connectSources } from './sync/connections.ts';

export interface PlanFlags extends CommonFlags {
  /** Names of modules and streams; empty: all. */
  readonly streams: readonly string[];
  readonly full: boolean;
}

/** Throws ConfigError, UsageError, WarehouseError and InterruptedError; what the tenant refuses makes the exit code 1. */
export async function plan(shell: Shell, flags: PlanFlags): Promise<ExitCode> {
  const configured = await configure(shell, flags);
  const offers = selectStreams(offersOf(configured.config), flags.streams);
  const stop = new AbortController();
  const silence = onInterrupt((signal) => stop.abort(stopped('plan', signal)));
  const cleanup = new Cleanup();
  try {
    const served = await serve(shell, flags, { configured, clock: 'look' });
    cleanup.add(() => served.close());
    const { sources } = served.config;
    const site = await siteOf(shell, served.config, cleanup);
    const larks = connectSources(sources, cleanup, shell.scrubber);
    const results = await Promise.all(
      offers.flatMap((offer) => {
        const settings = sources.find(({ name }) => name === offer.source);
        const lark = larks.get(offer.source);
        if (settings === undefined || lark === undefined) return [];
        const { full } = flags;
        return [
          forecastOf({ settings, lark, streams: offer.streams }, site, {
            full,
            signal: stop.signal,
          }),
        ];
      }),
    );
    const forecasts = results.map(({ forecast }) => forecast);
    const troubles = results.flatMap((result) => result.troubles);
    for (const trouble of troubles) complain(shell, trouble);
    const forecast: Forecast = { sources: forecasts };
    if (flags.json) print(shell, JSON.stringify(forecast));
    else if (!flags.quiet) print(shell, forecastText(forecasts, widthOf(shell.stdout)));
    return results.some(({ failed }) => failed) ? 1 : 0;
  } finally {
    await cleanup.run();
    silence();
  }
}
