// The commands that deal with the warehouse alone: migrate, views, query, stop.

import type { Argv } from 'yargs';
import { commonFlags, commonOptions, text } from '../options.ts';
import { UsageError } from '../outcome.ts';
import type { Shell } from '../shell.ts';
import type { Ends } from './replication.ts';

export function addWarehouse(program: Argv, shell: Shell, ends: Ends): void {
  addMigrate(program, shell, ends);
  program
    .command(
      'views',
      'Make the views for analysts, or bring them up to date',
      commonOptions,
      async (argv) => {
        const { views } = await import('../views.ts');
        await ends(views(shell, commonFlags(argv)));
      },
    )
    .command(
      'query <sql>',
      'Run one statement, read only, in the warehouse and print its rows',
      (command) =>
        commonOptions(command)
          .positional('sql', { type: 'string', demandOption: true })
          .option('csv', { type: 'boolean', default: false, describe: 'Print CSV' }),
      async (argv) => {
        const { query } = await import('../query.ts');
        await ends(query(shell, { ...commonFlags(argv), sql: argv.sql, csv: argv.csv }));
      },
    )
    .command('stop', 'Stop the embedded Postgres; its data are kept', {}, async () => {
      const { stop } = await import('../stop.ts');
      await ends(stop(shell));
    });
}

function addMigrate(program: Argv, shell: Shell, ends: Ends): void {
  program.command(
    'migrate <direction>',
    'Create the tables or bring them up to date, take the newest migration back, list migrations, or make the roles that may use the tables',
    (command) =>
      commonOptions(command)
        .positional('direction', {
          choices: ['up', 'down', 'status', 'roles'] as const,
          demandOption: true,
        })
        .option('yes', {
          alias: 'y',
          type: 'boolean',
          default: false,
          describe: 'down: without asking',
        })
        .option('sql', {
          type: 'boolean',
          default: false,
          describe: 'roles: print the statements instead of running them',
        })
        .option('prefix', {
          type: 'string',
          requiresArg: true,
          default: usualPrefix,
          coerce: rolePrefix,
          describe: 'roles: what their names begin with',
        }),
    async (argv) => {
      const { migrate } = await import('../migrate.ts');
      const { direction, yes, sql, prefix } = argv;
      await ends(migrate(shell, { ...commonFlags(argv), direction, yes, sql, prefix }));
    },
  );
}

const usualPrefix = 'larkhouse';

function rolePrefix(given: string): string {
  const prefix = text('--prefix')(given);
  if (/^(?!pg_)[a-z_][a-z0-9_]{0,54}$/.test(prefix)) return prefix;
  throw new UsageError(
    '--prefix must be a lower-case name of at most 55 letters, digits and _, not beginning with pg_',
  );
}
