// The commands with which an operator looks ahead and goes back: plan, discover, backfill, reset, replay.

import type { Argv } from 'yargs';
import { commonFlags, commonOptions, positiveInteger, text } from '../options.ts';
import type { Shell } from '../shell.ts';
import type { Ends } from './replication.ts';

export function addUpkeep(program: Argv, shell: Shell, ends: Ends): void {
  addPlan(program, shell, ends);
  program.command(
    'discover',
    'Show what the credentials can see: Bases with tables and fields, departments, approval codes',
    commonOptions,
    async (argv) => {
      const { discover } = await import('../discover.ts');
      await ends(discover(shell, commonFlags(argv)));
    },
  );
  addBackfill(program, shell, ends);
  addReset(program, shell, ends);
  program.command(
    'replay',
    'Rebuild every derived table from the raw payloads, without the tenant',
    commonOptions,
    async (argv) => {
      const { replay } = await import('../replay.ts');
      await ends(replay(shell, commonFlags(argv)));
    },
  );
}

function addPlan(program: Argv, shell: Shell, ends: Ends): void {
  program.command(
    'plan [stream..]',
    'Show what a sync would request, and how long that takes; writes no data',
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
          describe: 'As if everything were read anew',
        }),
    async (argv) => {
      const { plan } = await import('../plan.ts');
      await ends(plan(shell, { ...commonFlags(argv), streams: argv.stream, full: argv.full }));
    },
  );
}

function addBackfill(program: Argv, shell: Shell, ends: Ends): void {
  program.command(
    'backfill <stream>',
    'Read a past span again; cursors stay where they are',
    (command) =>
      commonOptions(command)
        .positional('stream', {
          type: 'string',
          demandOption: true,
          describe: 'e.g. approval, attendance.flows',
        })
        .option('from', {
          type: 'string',
          requiresArg: true,
          demandOption: true,
          coerce: text('--from'),
          describe: 'First day, or first instant (2026-03-01T08:00:00Z)',
        })
        .option('to', {
          type: 'string',
          requiresArg: true,
          demandOption: true,
          coerce: text('--to'),
          describe: 'Last day, or the instant to stop before',
        })
        .option('max-requests', {
          type: 'string',
          requiresArg: true,
          coerce: positiveInteger('--max-requests'),
          describe: 'Stop cleanly after so many requests',
        }),
    async (argv) => {
      const { backfill } = await import('../backfill.ts');
      const { stream, from, to, maxRequests } = argv;
      await ends(backfill(shell, { ...commonFlags(argv), stream, from, to, maxRequests }));
    },
  );
}

function addReset(program: Argv, shell: Shell, ends: Ends): void {
  program.command(
    'reset <stream>',
    'Forget how far a stream or module was read, so that the next sync starts over',
    (command) =>
      commonOptions(command)
        .positional('stream', {
          type: 'string',
          demandOption: true,
          describe: 'e.g. base, approval.instances',
        })
        .option('purge', {
          type: 'boolean',
          default: false,
          describe: 'Delete its rows, too',
        })
        .option('yes', {
          alias: 'y',
          type: 'boolean',
          default: false,
          describe: 'Without asking',
        }),
    async (argv) => {
      const { reset } = await import('../reset.ts');
      const { stream, purge, yes } = argv;
      await ends(reset(shell, { ...commonFlags(argv), stream, purge, yes }));
    },
  );
}
