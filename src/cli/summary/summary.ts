// What a person reads after a sync: a table a source, troubles, what changed, how to look at it.

import { relative } from 'node:path';
import type { RunFlags } from '../flags.ts';
import { hasColors, type Shell, widthOf } from '../shell.ts';
import type { Command } from '../sync/assemble.ts';
import type { Report } from '../sync/report.ts';
import type { Warehouse } from '../warehouse.ts';
import { duration, harmless, plural, wrap } from '../words.ts';
import { firstQuery, psqlCommand, queryCommand } from './first-query.ts';
import { outcomeTable } from './outcome-table.ts';
import { changeSentence, troubleSentences } from './sentences.ts';

export interface SummaryContext {
  readonly shell: Shell;
  readonly command: Command;
  readonly flags: RunFlags;
  readonly warehouse: Warehouse;
}

export function summaryOf(report: Report, context: SummaryContext): string {
  const { shell, flags, command } = context;
  const { dryRun } = flags;
  const style = { width: widthOf(shell.stdout), color: hasColors(shell.stdout, shell.env), dryRun };
  const tables = report.sources.map((source) => `${source.source}\n${outcomeTable(source, style)}`);
  const troubles = troubleSentences(report).map((text) =>
    wrap(harmless(shell.scrubber.scrub(text)), style.width),
  );
  const change = changeSentence(report, { dryRun, command });
  const run = report.run_id === null ? [] : [`run ${report.run_id}`];
  const facts = [
    ...run,
    ...(dryRun ? ['dry run'] : []),
    report.status,
    plural(callsOf(report), 'call'),
    duration(report.seconds),
  ];
  const end = wrap(`${change} (${facts.join(', ')})`, style.width);
  const sections = [
    ...tables,
    troubles.join('\n'),
    end,
    ...(dryRun ? [] : howToLook(report, context)),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function callsOf({ sources }: Report): number {
  return sources.flatMap(({ streams }) => streams).reduce((sum, { requests }) => sum + requests, 0);
}

function howToLook(report: Report, { shell, flags, warehouse }: SummaryContext): string[] {
  const { embedded, schema } = warehouse;
  const sql = firstQuery(report);
  if (embedded === undefined || sql === undefined) return [];
  const pgpass = relative(shell.cwd, embedded.pgpass);
  return [
    `Look at it:\n  ${queryCommand(sql, shell.env, flags.config)}`,
    `or with psql:\n  ${psqlCommand({ port: embedded.port, pgpass }, schema)}`,
  ];
}
