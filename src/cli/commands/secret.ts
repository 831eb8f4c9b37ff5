// The commands that deal with secrets in the configuration file: secret key, seal, rotate.

import type { Argv } from 'yargs';
import { text, textIfAny } from '../options.ts';
import type { Shell } from '../shell.ts';
import type { Ends } from './replication.ts';

export function addSecret(program: Argv, shell: Shell, ends: Ends): void {
  program.command(
    'secret',
    'Encrypt secrets for the configuration file: key, seal, rotate',
    (all) =>
      all
        .command(
          'key',
          'Make a key, and print the line that puts it into the environment',
          {},
          async () => {
            const { makeKey } = await import('../secret.ts');
            await ends(makeKey(shell));
          },
        )
        .command(
          'seal',
          'Encrypt a secret for one place of the configuration: from standard input, or typed unseen',
          (command) =>
            command.option('for', {
              type: 'string',
              requiresArg: true,
              demandOption: true,
              coerce: text('--for'),
              describe: 'The place, e.g. sources.acme.auth.app_secret',
            }),
          async (argv) => {
            const { sealSecret } = await import('../secret.ts');
            await ends(sealSecret(shell, argv.for));
          },
        )
        .command(
          'rotate',
          'Encrypt what is sealed in the configuration file anew, under the first key given',
          (command) =>
            command.option('config', {
              alias: 'c',
              type: 'string',
              requiresArg: true,
              coerce: textIfAny('--config'),
              describe: 'Configuration file',
            }),
          async ({ config }) => {
            const { rotateSecrets } = await import('../secret.ts');
            await ends(rotateSecrets(shell, config));
          },
        )
        .demandCommand(1, 1, 'name what to do: key, seal or rotate'),
  );
}
