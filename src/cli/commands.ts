// The commands and their flags. What a command does is loaded when it is called, so that --help is fast.

import yargs, { type Argv } from 'yargs';
import { addInit } from './commands/init.ts';
import { addReplication, type Ends } from './commands/replication.ts';
import { addSecret } from './commands/secret.ts';
import { addUpkeep } from './commands/upkeep.ts';
import { addWarehouse } from './commands/warehouse.ts';
import { asksForDebug, type ExitCode, exitCodeOf, paragraphOf, UsageError } from './outcome.ts';
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
    complain(shell, paragraphOf(error, { stack: asksForDebug(args) }));
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
  addInit(program, shell, ends);
  addReplication(program, shell, ends);
  addUpkeep(program, shell, ends);
  addWarehouse(program, shell, ends);
  addSecret(program, shell, ends);
  return program;
}

function usageError(message: string, args: readonly string[]): UsageError {
  const [word = '', action = ''] = args.filter((argument) => !argument.startsWith('-'));
  const isKnown = commandNames.includes(word);
  const hint = `larkhouse ${isKnown ? `${word} ` : ''}--help`;
  if (word === 'secret' && message.startsWith('Unknown')) {
    // What is left over may be a secret.
    const left = 'secret takes no such argument, and a secret never: others can read arguments.';
    return new UsageError(left, { hint });
  }
  const said = message
    .replace(/\s+/g, ' ')
    .replace(/^Did you mean/, `there is no command ${isKnown ? action : word}: did you mean`);
  return new UsageError(/[.?!]$/.test(said) ? said : `${said}.`, { hint });
}

const commandNames = [
  'init',
  'sync',
  'check',
  'status',
  'report',
  'demo',
  'plan',
  'discover',
  'backfill',
  'reset',
  'replay',
  'migrate',
  'views',
  'query',
  'secret',
  'stop',
];
