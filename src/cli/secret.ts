// `larkhouse secret`: makes keys, and seals secrets for the configuration file.

import { type Key, newKey, readKeyring } from '../config/keys.ts';
import { readText } from '../config/load.ts';
import { locate } from '../config/locate.ts';
import { isSecretPlaceName, secretPlaces } from '../config/places.ts';
import { reseal } from '../config/reseal.ts';
import { seal } from '../config/sealed.ts';
import { suggest } from '../config/suggest.ts';
import { ConfigError } from '../errors.ts';
import { type ExitCode, UsageError } from './outcome.ts';
import { replaceFile } from './secret/replace-file.ts';
import { takeSecret } from './secret/take.ts';
import { print, printAsItIs, type Shell } from './shell.ts';
import { plural } from './words.ts';

/** Prints a new key, as the environment takes it. */
export async function makeKey(shell: Shell): Promise<ExitCode> {
  printAsItIs(shell, `LARKHOUSE_KEY=${newKey()}`);
  return 0;
}

/** Prints a secret, sealed for one place of the configuration. Throws UsageError and ConfigError. */
export async function sealSecret(shell: Shell, place: string): Promise<ExitCode> {
  requirePlace(place);
  const [key] = await keysOf(shell);
  const secret = await takeSecret(shell, place);
  shell.scrubber.register([secret]);
  printAsItIs(shell, seal(secret, place, key));
  return 0;
}

/** Seals what is sealed in the file anew, under the first key. Throws UsageError and ConfigError. */
export async function rotateSecrets(shell: Shell, file: string | undefined): Promise<ExitCode> {
  const { path, name, chosen } = locate(file, shell.env, shell.cwd);
  if (!chosen) {
    throw new UsageError('there is no configuration file.', { hint: 'name one with --config' });
  }
  const keys = await keysOf(shell);
  const { text, anew, kept } = reseal(await readText(path, name), name, keys);
  if (anew > 0) await replaceFile(path, name, text);
  const counts = `${plural(anew, 'secret')} sealed anew, ${kept} left as they were`;
  const said = anew + kept === 0 ? 'holds no sealed secret' : counts;
  print(shell, `${name}: ${said}. The key that seals is ${keys[0].id}.`);
  return 0;
}

async function keysOf({ env, cwd, scrubber }: Shell): Promise<readonly [Key, ...Key[]]> {
  const hide = (secrets: readonly string[]): void => scrubber.register(secrets);
  const ring = await readKeyring({ env, cwd, hide });
  if ('problem' in ring) throw new ConfigError([ring.problem]);
  return ring.keys;
}

function requirePlace(place: string): void {
  if (isSecretPlaceName(place)) return;
  const name = /^sources\.([\w-]+)/.exec(place)?.[1] ?? 'NAME';
  const accepted = secretPlaces.map((known) => known.replace('*', name));
  throw new UsageError(`no secret stands at ${place}: ${suggest(place, accepted)}`);
}
