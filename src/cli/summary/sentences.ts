// What a sync did, in sentences.

import { saysNotRead, saysStopped } from '../stopped.ts';
import type { Command } from '../sync/assemble.ts';
import type { Report, StreamReport } from '../sync/report.ts';
import { count, plural } from '../words.ts';

/** What changed, in one sentence that a newcomer understands. */
export function changeSentence(
  report: Report,
  { dryRun, command }: { readonly dryRun: boolean; readonly command: Command },
): string {
  const streams = report.sources.flatMap((source) => source.streams);
  const sum = (value: (stream: StreamReport) => number): number =>
    streams.reduce((total, stream) => total + value(stream), 0);
  const added = sum(({ inserted }) => inserted);
  if (dryRun)
    return `${plural(added, 'row')} would be written or found unchanged; nothing was written.`;
  const changes = [
    [added, 'new', 'is', 'are'],
    [sum(({ updated }) => updated), 'changed', '', ''],
    [sum(({ deleted }) => deleted), 'marked deleted or removed', 'was', 'were'],
  ] as const;
  const some = changes.filter(([number]) => number > 0);
  const [first] = some;
  if (first === undefined) return nothingChanged(report, command);
  const parts = some.map(([number, what, one, many]) => {
    const verb = number === 1 ? one : many;
    const subject =
      number === first[0] && what === first[1] ? plural(number, 'row') : count(number);
    return [subject, verb, what].filter((word) => word !== '').join(' ');
  });
  return `${parts.join(', ')}.`;
}

const asBefore: Readonly<Record<Command, string>> = {
  sync: 'Nothing changed since the last run.',
  backfill: 'Nothing in the span has changed.',
  replay: 'Every row was as its payload says.',
  retry: 'No rejected record brought anything new.',
};

function nothingChanged({ status }: Report, command: Command): string {
  if (status === 'skipped') return 'Nothing was done: another run is at work.';
  return status === 'complete' ? asBefore[command] : 'Nothing was changed.';
}

/** Warnings and errors, one a paragraph, each with its stream. */
export function troubleSentences(report: Report): string[] {
  const troubles = report.sources.flatMap(({ source, streams }) =>
    streams
      .filter(({ status }) => status !== 'skipped')
      .flatMap((stream) => troublesOf(stream, `${source} ${stream.stream}`)),
  );
  return [
    ...skippedSentences(report),
    ...interruptedSentences(report),
    ...troubles,
    ...stoppedSentences(report),
  ];
}

function troublesOf({ warnings, error, rejected }: StreamReport, where: string): string[] {
  const errors = (error?.split('\n') ?? []).filter(
    (line) => !saysStopped(line) && !saysNotRead(line),
  );
  return [
    ...warnings.map((warning) => `warning: ${where}: ${warning}`),
    ...(rejected > 0 ? [`error: ${where}: ${rejection(rejected)}`] : []),
    ...errors.map((line) => `error: ${where}: ${line}`),
  ];
}

function skippedSentences({ sources }: Report): string[] {
  const skipped = sources.filter(({ streams }) =>
    streams.some(({ status }) => status === 'skipped'),
  );
  return skipped.map(({ source }) => `skipped: ${source}: another run holds it and goes on.`);
}

function interruptedSentences({ sources }: Report): string[] {
  return sources.flatMap(({ source, streams }) => {
    const open = streams.filter(({ status }) => status === 'interrupted').length;
    if (open === 0) return [];
    const what = `${plural(open, 'stream')} ${open === 1 ? 'was' : 'were'} not read to the end`;
    return [`interrupted: ${source}: ${what}; the next run goes on from what is committed.`];
  });
}

/** Why the source was stopped is told by the stream that stopped it. */
function stoppedSentences({ sources }: Report): string[] {
  return sources.flatMap(({ source, streams }) => {
    const open = streams.filter(
      ({ error }) => error?.split('\n').some(saysNotRead) === true,
    ).length;
    if (open === 0) return [];
    const what = `${plural(open, 'stream')} ${open === 1 ? 'was' : 'were'} not read to the end`;
    return [`error: ${source}: ${what}, since the source was stopped.`];
  });
}

function rejection(rejected: number): string {
  const subject = rejected === 1 ? '1 record could' : `${count(rejected)} records could`;
  return `${subject} not become rows. Next: see payload and reason in the table rejected_records; when the cause is gone, sync --retry-rejected loads what it can.`;
}
