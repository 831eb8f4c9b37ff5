// Where the keys that seal secrets are: what a variable names, or else a file of this user.

import { homedir } from 'node:os';
import { join } from 'node:path';

const keyVariables = ['LARKHOUSE_KEY', 'LARKHOUSE_KEY_FILE', 'LARKHOUSE_KEY_COMMAND'] as const;

export type KeyVariable = (typeof keyVariables)[number];

/** The variables that say where keys are; more than one is one too many. */
export function keyVariablesIn(env: NodeJS.ProcessEnv): readonly KeyVariable[] {
  return keyVariables.filter((name) => (env[name] ?? '') !== '');
}

/** Where keys are when no variable says so: apart from the configuration, which may go into version control. */
export function usualKeyFile({
  XDG_CONFIG_HOME: configured = '',
  HOME: home = '',
}: NodeJS.ProcessEnv): string {
  const folder = configured.startsWith('/')
    ? configured
    : join(home === '' ? homedir() : home, '.config');
  return join(folder, 'larkhouse', 'key');
}
