// The key that seals the secrets: the one that the environment names, else one of this user's own.

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Key, newKey, readKeyring } from '../../config/keys.ts';
import { ConfigError } from '../../errors.ts';
import type { Shell } from '../shell.ts';

export interface SealingKey {
  readonly key: Key;
  /** Where it is, when the environment does not name it: LARKHOUSE_KEY_FILE has to. */
  readonly file?: string;
  /** What that file is to hold; undefined: it is there. */
  readonly fresh?: string;
}

/** Writes nothing. Throws ConfigError when the key that is named cannot be used. */
export async function sealingKey({
  env,
  cwd,
  scrubber,
}: Pick<Shell, 'env' | 'cwd' | 'scrubber'>): Promise<SealingKey> {
  const hide = (secrets: readonly string[]): void => scrubber.register(secrets);
  const read = async (from: NodeJS.ProcessEnv): Promise<Key> => {
    const ring = await readKeyring({ env: from, cwd, hide });
    if ('problem' in ring) throw new ConfigError([ring.problem]);
    return ring.keys[0];
  };
  const names = ['LARKHOUSE_KEY', 'LARKHOUSE_KEY_FILE', 'LARKHOUSE_KEY_COMMAND'];
  if (names.some((name) => (env[name] ?? '') !== '')) return { key: await read(env) };
  const file = usualFile(env);
  if (existsSync(file)) return { key: await read({ LARKHOUSE_KEY_FILE: file }), file };
  const fresh = newKey();
  return { key: await read({ LARKHOUSE_KEY: fresh }), file, fresh };
}

/** Apart from the configuration, which may go into version control. */
function usualFile({
  XDG_CONFIG_HOME: configured = '',
  HOME: home = '',
}: NodeJS.ProcessEnv): string {
  const folder = configured.startsWith('/')
    ? configured
    : join(home === '' ? homedir() : home, '.config');
  return join(folder, 'larkhouse', 'key');
}
