// The commands that deal with the warehouse alone: migrate, query, stop.

import type { Argv } from 'yargs';
import { commonFlags, commonOptions } from '../options.ts';
import type { Shell } from '../shell.ts';
import type { Ends } from './replication.ts';

export function addWarehouse(program: Argv, shell: Shell, ends: Ends): void {
  program
    .command(
      'migrate <direction>',
      'Create the tables or bring them up to date, take the newest migration back, or list migrations',
      (command) =>
        commonOptions(command)
          .positional('direction', {
            choices: ['up', 'down', 'status'] as const,
            demandOption: true,
          })
          .option('yes', {
            alias: 'y',
            type: 'boolean',
            default: false,
            describe: 'down: without asking',
          }),
      async (argv) => {
        const { migrate } = await import('../migrate.ts');
        await ends(
          migrate(shell, { ...commonFlags(argv), direction: argv.direction, yes: argv.yes }),
        );
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
