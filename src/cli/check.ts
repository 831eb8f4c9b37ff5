// `larkhouse check`: tries whatever a sync needs, with the smallest calls, and says what to do.

import type { Source } from '../config/source.ts';
import { type Finding, findings } from './check/check.ts';
import { appOf } from './check/console.ts';
import { missingScopesText } from './check/missing.ts';
import { sourceChecks } from './check/source.ts';
import { findingText } from './check/text.ts';
import { warehouseChecks } from './check/warehouse.ts';
import { type Configured, configure, serve } from './configuration.ts';
import type { CommonFlags } from './flags.ts';
import { onInterrupt, stopped } from './interrupt.ts';
import type { ExitCode } from './outcome.ts';
import { hasColors, print, type Shell, widthOf } from './shell.ts';
import { connectTenant } from './sync/connections.ts';
import { plural, wrap } from './words.ts';

/** What was found of a source, or, without one, of all. */
type Located = Finding & { readonly source: string | null };

/** Throws ConfigError, UsageError and InterruptedError; whatever else is wrong is a finding. */
export async function check(shell: Shell, flags: CommonFlags): Promise<ExitCode> {
  const configured = await configure(shell, flags);
  const stop = new AbortController();
  const silence = onInterrupt((signal) => {
    stop.abort(stopped('check', signal));
  });
  const served = await serve(shell, flags, { configured, clock: 'look' });
  const found: Located[] = [];
  try {
    const config = { ...configured, config: served.config };
    for await (const finding of allFindings(shell, config, stop.signal)) {
      found.push(finding);
      if (!flags.json && !(flags.quiet && finding.status === 'ok')) show(shell, finding);
    }
  } finally {
    await served.close();
    silence();
  }
  const failed = found.filter(({ status }) => status === 'failed').length;
  if (flags.json) {
    print(shell, JSON.stringify({ status: failed > 0 ? 'failed' : 'ok', checks: found }));
  } else if (!flags.quiet) {
    print(shell, closing(shell, found, configured.config.sources));
  }
  return failed > 0 ? 1 : 0;
}

async function* allFindings(
  shell: Shell,
  { config, file }: Configured,
  signal: AbortSignal,
): AsyncGenerator<Located> {
  const detail = `${file ?? 'the demo'}: ${plural(config.sources.length, 'source')}`;
  yield { source: null, check: 'configuration', status: 'ok', detail };
  const treated = Object.keys(config.privacy.columns);
  if (treated.length > 0) {
    const names = `not stored as Lark gives them: ${treated.join(', ')}`;
    yield { source: null, check: 'privacy', status: 'ok', detail: names };
  }
  for await (const finding of findings(warehouseChecks(shell, config.warehouse), signal)) {
    yield { source: null, ...finding };
  }
  for (const source of config.sources) {
    const connection = connectTenant(source, shell.scrubber);
    const tried = findings(sourceChecks(source, connection, signal), signal, appOf(source));
    try {
      for await (const finding of tried) {
        yield { source: source.name, ...finding };
      }
    } finally {
      await connection.close();
    }
  }
}

function show(shell: Shell, { source, ...finding }: Located): void {
  const look = { width: widthOf(shell.stdout), isColored: hasColors(shell.stdout, shell.env) };
  print(shell, findingText(finding, source, look));
}

/** The scopes to add, by source, and the verdict. */
function closing(shell: Shell, found: readonly Located[], sources: readonly Source[]): string {
  const missing = sources.map((source) => {
    const own = found.filter((one) => one.source === source.name);
    return missingScopesText(own, appOf(source), `the app of ${source.name}`);
  });
  const failed = found.filter(({ status }) => status === 'failed').length;
  const last = wrap(verdict(found.length, failed), widthOf(shell.stdout));
  return [...missing.filter((text) => text !== ''), last].map((text) => `\n${text}`).join('\n');
}

function verdict(all: number, failed: number): string {
  if (failed === 0) return `${plural(all, 'check')}: nothing stands in the way of a sync.`;
  return `${plural(all, 'check')}, ${failed} failed: see above what to do.`;
}
