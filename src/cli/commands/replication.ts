// The commands that deal with tenants: sync, check, status, demo.

import type { Argv } from 'yargs';
import { commonFlags, commonOptions, positiveInteger } from '../options.ts';
import type { ExitCode } from '../outcome.ts';
import type { Shell } from '../shell.ts';

/** Takes the exit code of the command that runs. */
export type Ends = (command: Promise<ExitCode>) => Promise<void>;

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
          }),
      async (argv) => {
        const { sync } = await import('../sync.ts');
        const { stream, full, dryRun, maxRequests } = argv;
        await ends(
          sync(shell, { ...commonFlags(argv), streams: stream, full, dryRun, maxRequests }),
        );
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
      'Show freshness, last runs, rejects and calls against the quota',
      commonOptions,
      async (argv) => {
        const { status } = await import('../status.ts');
        await ends(status(shell, commonFlags(argv)));
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
