// The commands that deal with tenants: sync, check, status, report, demo.

import type { Argv } from 'yargs';
import { commonFlags, commonOptions, positiveInteger, text, textIfAny } from '../options.ts';
import type { ExitCode } from '../outcome.ts';
import type { Shell } from '../shell.ts';

/** Takes the exit code of the command that runs. */
export type Ends = (command: Promise<ExitCode>) => Promise<void>;

const metricsFile = {
  type: 'string',
  requiresArg: true,
  coerce: textIfAny('--metrics-file'),
  describe: 'Write metrics for the textfile collector of node_exporter',
} as const;

export function addReplication(program: Argv, shell: Shell, ends: Ends): void {
  program
    .command(
      'sync [stream..]',
      'Replicate all configured modules, or the named modules and streams',
      (command) =>
        commonOptions(command)
          .positional('stream', {
            type: 'string',
            array: true,
            default: [],
            describe: 'e.g. approval, base.records',
          })
          .option('full', {
            type: 'boolean',
            default: false,
            describe: 'Read everything anew, whatever was read before',
          })
          .option('dry-run', {
            type: 'boolean',
            default: false,
            describe: 'Read and transform, write nothing',
          })
          .option('max-requests', {
            type: 'string',
            requiresArg: true,
            coerce: positiveInteger('--max-requests'),
            describe: 'Stop cleanly after so many requests',
          })
          .option('metrics-file', metricsFile)
          .option('retry-rejected', {
            type: 'boolean',
            default: false,
            describe:
              'Try what is in rejected_records again and ask Lark nothing: what loads now is resolved, and so is what was loaded in a newer version since; the rest stays, a record without a key until its payload gives one',
          }),
      async (argv) => {
        const { sync } = await import('../sync.ts');
        const { stream, full, dryRun, maxRequests, retryRejected, metricsFile } = argv;
        const own = { streams: stream, full, dryRun, maxRequests, retryRejected, metricsFile };
        await ends(sync(shell, { ...commonFlags(argv), ...own }));
      },
    )
    .command(
      'check',
      'Try credentials, permissions, approval codes, Bases and the warehouse; writes nothing',
      commonOptions,
      async (argv) => {
        const { check } = await import('../check.ts');
        await ends(check(shell, commonFlags(argv)));
      },
    )
    .command(
      'status',
      'Show freshness, what waits, last runs and calls against the quota',
      (command) =>
        commonOptions(command).option('metrics-file', metricsFile).option('notify', {
          type: 'boolean',
          default: false,
          describe: 'Tell the operators, as configured, what was not told before',
        }),
      async (argv) => {
        const { status } = await import('../status.ts');
        const { metricsFile: file, notify } = argv;
        await ends(status(shell, { ...commonFlags(argv), metricsFile: file, notify }));
      },
    )
    .command(
      'report',
      'Write a page on freshness, runs, calls, rejects and sizes, for browsers',
      (command) =>
        commonOptions(command).option('out', {
          type: 'string',
          default: 'larkhouse-report.html',
          requiresArg: true,
          coerce: text('--out'),
          describe: 'File to write; -: standard output',
        }),
      async (argv) => {
        const { report } = await import('../report.ts');
        await ends(report(shell, { ...commonFlags(argv), out: argv.out }));
      },
    )
    .command(
      'demo',
      'Serve the simulated tenant until Ctrl-C',
      (command) =>
        command.option('port', {
          type: 'string',
          default: '9000',
          requiresArg: true,
          describe: 'Port on 127.0.0.1; 0: a free one',
        }),
      async ({ port }) => {
        const { demo } = await import('../demo.ts');
        await ends(demo(shell, port));
      },
    );
}
