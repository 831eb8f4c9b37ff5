// The key that seals the secrets: the one that commands will find, or a new one where they will look for it.

import { existsSync } from 'node:fs';
import { keyVariablesIn, usualKeyFile } from '../../config/key-place.ts';
import { type Key, newKey, readKeyring } from '../../config/keys.ts';
import { ConfigError } from '../../errors.ts';
import type { Shell } from '../shell.ts';

export interface SealingKey {
  readonly key: Key;
  /** Where it is, when the environment does not name it. */
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
  if (keyVariablesIn(env).length > 0) return { key: await read(env) };
  const file = usualKeyFile(env);
  if (existsSync(file)) return { key: await read(env), file };
  const fresh = newKey();
  return { key: await read({ LARKHOUSE_KEY: fresh }), file, fresh };
}
