// The command that makes the first configuration.

import type { Argv } from 'yargs';
import { textIfAny } from '../options.ts';
import type { Shell } from '../shell.ts';
import type { Ends } from './replication.ts';

const one = (flag: string, describe: string) =>
  ({ type: 'string', requiresArg: true, coerce: textIfAny(flag), describe }) as const;

const several = { type: 'string', array: true, nargs: 1, default: [] } as const;

export function addInit(program: Argv, shell: Shell, ends: Ends): void {
  program.command(
    'init',
    'Ask for what a configuration needs, try each answer, and write the file',
    (command) =>
      command
        .option('config', { alias: 'c', ...one('--config', 'File to write') })
        .option('platform', {
          choices: ['lark', 'feishu'] as const,
          requiresArg: true,
          describe: 'Where the app was made',
        })
        .option('app-id', one('--app-id', 'App ID of the developer console'))
        .option('modules', one('--modules', 'Of contact, approval, base, attendance, with commas'))
        .option('approval-code', { ...several, describe: 'Approval to read; repeatable' })
        .option('base', { ...several, describe: 'Link of a Base or its wiki page; repeatable' })
        .option('time-zone', one('--time-zone', "Attendance's, such as Asia/Shanghai"))
        .option('source', one('--source', 'Name of the tenant in the file [default: main]'))
        .option('base-url', one('--base-url', 'Address of a simulated tenant on this machine'))
        .option('yes', {
          alias: 'y',
          type: 'boolean',
          default: false,
          describe: 'Replace a file that exists without asking',
        })
        .epilogue(
          'Whatever flags do not say is asked for at the terminal. The secret is never a flag: it is typed unseen, or comes from LARK_APP_SECRET or standard input. DATABASE_URL names the warehouse.',
        ),
    async (argv) => {
      const [{ init }, { readBaseUrl, readModules }] = await Promise.all([
        import('../init.ts'),
        import('../init/given.ts'),
      ]);
      const { config, source, platform, base, yes } = argv;
      await ends(
        init(shell, {
          config,
          source,
          platform,
          appId: argv['app-id'],
          modules: readModules(argv.modules),
          approvalCodes: argv['approval-code'],
          bases: base,
          timeZone: argv['time-zone'],
          baseUrl: readBaseUrl(argv['base-url']),
          yes,
        }),
      );
    },
  );
}
