// `larkhouse check`: tries whatever a sync needs, with the smallest calls, and says what to do.

import { styleText } from 'node:util';
import { type Finding, findings } from './check/check.ts';
import { sourceChecks } from './check/source.ts';
import { warehouseChecks } from './check/warehouse.ts';
import { type Configured, configure, serve } from './configuration.ts';
import type { CommonFlags } from './flags.ts';
import { onInterrupt, stopped } from './interrupt.ts';
import type { ExitCode } from './outcome.ts';
import { hasColors, print, type Shell } from './shell.ts';
import { connectTenant } from './sync/connections.ts';
import { harmless, pad, plural } from './words.ts';

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
    print(shell, `\n${verdict(found.length, failed)}`);
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
    try {
      for await (const finding of findings(sourceChecks(source, connection, signal), signal)) {
        yield { source: source.name, ...finding };
      }
    } finally {
      await connection.close();
    }
  }
}

const marks = { ok: 'green', warning: 'yellow', failed: 'red' } as const;

function show(shell: Shell, { source, check: name, status, detail }: Located): void {
  const word = pad(status === 'failed' ? 'FAILED' : status, 7);
  const isColored = hasColors(shell.stdout, shell.env);
  const mark = isColored ? styleText(marks[status], word, { validateStream: false }) : word;
  const what = source === null ? name : `${source}: ${name}`;
  const lines = detail === '' ? [] : harmless(detail).split('\n');
  const isShort = status === 'ok' && lines.length === 1;
  const text = isShort ? `${what} (${lines[0]})` : [what, ...lines].join('\n          ');
  print(shell, `${mark} ${text}`);
}

function verdict(all: number, failed: number): string {
  if (failed === 0) return `${plural(all, 'check')}: nothing stands in the way of a sync.`;
  return `${plural(all, 'check')}, ${failed} failed: see above what to do.`;
}
