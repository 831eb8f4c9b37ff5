// The commands and their flags. What a command does is loaded when it is called, so that --help is fast.

import yargs, { type Argv } from 'yargs';
import { addReplication, type Ends } from './commands/replication.ts';
import { addUpkeep } from './commands/upkeep.ts';
import { addWarehouse } from './commands/warehouse.ts';
import { type ExitCode, exitCodeOf, paragraphOf, UsageError } from './outcome.ts';
import { complain, type Shell } from './shell.ts';
import { version } from './version.ts';

/** Runs what the arguments ask for; every error becomes a paragraph on stderr and an exit code. */
export async function runCommandLine(args: readonly string[], shell: Shell): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const ends = async (command: Promise<ExitCode>): Promise<void> => {
    exitCode = await command;
  };
  const program = parser(args, shell, ends);
  try {
    if (args.length === 0) {
      complain(shell, await program.getHelp());
      return 2;
    }
    await program.parseAsync();
    return exitCode;
  } catch (error) {
    const stack = args.includes('debug') || args.includes('--log-level=debug');
    complain(shell, paragraphOf(error, { stack }));
    return exitCodeOf(error);
  }
}

function parser(args: readonly string[], shell: Shell, ends: Ends): Argv {
  const program = yargs([...args])
    .scriptName('larkhouse')
    .locale('en')
    .usage('$0 <command>\n\nReplicates Lark and Feishu tenants into Postgres.')
    .parserConfiguration({ 'boolean-negation': false, 'strip-aliased': true })
    .version(version())
    .help()
    .alias('help', 'h')
    .strict()
    .recommendCommands()
    .demandCommand(1, 1, 'name a command')
    .exitProcess(false)
    .wrap(Math.min(100, shell.stdout.columns ?? 100))
    .epilogue(
      'Without --config, $LARKHOUSE_CONFIG and config/larkhouse.yaml, commands use the demo: a simulated tenant and an embedded Postgres.\nExit codes: 0 complete or skipped, 1 incomplete, 2 usage or configuration, 130 interrupted.',
    )
    .fail((message, error) => {
      // What yargs itself finds wrong comes without an error, or with one of its own.
      if (error && error.name !== 'YError') throw error;
      throw usageError(message ?? error?.message ?? '', args);
    });
  addReplication(program, shell, ends);
  addUpkeep(program, shell, ends);
  addWarehouse(program, shell, ends);
  return program;
}

function usageError(message: string, args: readonly string[]): UsageError {
  const word = args.find((argument) => !argument.startsWith('-')) ?? '';
  const isKnown = commandNames.includes(word);
  const said = message
    .replace(/\s+/g, ' ')
    .replace(/^Did you mean/, `there is no command ${word}: did you mean`);
  return new UsageError(/[.?!]$/.test(said) ? said : `${said}.`, {
    hint: `larkhouse ${isKnown ? `${word} ` : ''}--help`,
  });
}

const commandNames = [
  'sync',
  'check',
  'status',
  'demo',
  'plan',
  'discover',
  'backfill',
  'reset',
  'replay',
  'migrate',
  'query',
  'stop',
];
