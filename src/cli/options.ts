// The options that most commands share, and how their values are read.

import type { Argv } from 'yargs';
import { type CommonFlags, type LogLevel, logLevels } from './flags.ts';
import { UsageError } from './outcome.ts';

interface CommonArguments {
  readonly config: string | undefined;
  readonly source: readonly string[];
  readonly json: boolean;
  readonly 'log-level': LogLevel | undefined;
  readonly quiet: boolean;
}

export function commonOptions<T>(command: Argv<T>): Argv<T & CommonArguments> {
  return command
    .option('config', {
      alias: 'c',
      type: 'string',
      requiresArg: true,
      coerce: once('--config'),
      describe: 'Configuration file',
    })
    .option('source', {
      type: 'string',
      array: true,
      nargs: 1,
      default: [],
      describe: 'Only this source; repeatable',
    })
    .option('json', {
      type: 'boolean',
      default: false,
      describe: 'Print one JSON object on stdout',
    })
    .option('log-level', {
      choices: logLevels,
      requiresArg: true,
      coerce: (given: LogLevel | undefined) => given,
      describe: 'Log JSON lines of this level on stderr',
    })
    .option('quiet', {
      alias: 'q',
      type: 'boolean',
      default: false,
      describe: 'Only warnings and errors',
    });
}

/** What yargs calls `log-level` is `logLevel` for us. */
export function commonFlags(argv: CommonArguments): CommonFlags {
  const { config, source, json, quiet } = argv;
  return { config, source, json, quiet, logLevel: argv['log-level'] };
}

/** Reads a whole number of at least 1. */
export function positiveInteger(flag: string): (given: string | undefined) => number | undefined {
  return (given) => {
    if (given === undefined) return undefined;
    const text = once(flag)(given) ?? '';
    if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
    throw new UsageError(`${flag} must be a whole number of at least 1`);
  };
}

/** Reads a text that must be given. */
export function text(flag: string): (given: string) => string {
  return (given) => once(flag)(given) ?? '';
}

/** Reads a text that may be given. */
export function textIfAny(flag: string): (given: string | undefined) => string | undefined {
  return (given) => {
    const text = once(flag)(given);
    if (text !== '') return text;
    throw new UsageError(`${flag} is empty`);
  };
}

/** The flag's value; a flag that was given twice is a mistake. */
function once(flag: string): (given: string | readonly string[] | undefined) => string | undefined {
  return (given) => {
    if (given === undefined || typeof given === 'string') return given;
    throw new UsageError(`${flag} is given ${given.length} times`);
  };
}
