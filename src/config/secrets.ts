// Secrets from wherever the file says they are: ${NAME}, file:PATH, exec:COMMAND, sealed:v1:..

import { resolve } from 'node:path';
import type { Problem } from '../errors.ts';
import type { Found } from './found.ts';
import { type Keyring, readKeyring } from './keys.ts';
import { formatPath, type Path } from './path.ts';
import { isSecretPlace } from './places.ts';
import { type Resolved, resolveText } from './references.ts';
import { isSealed, unseal } from './sealed.ts';
import { runSecretCommand, unclosed, wordsOf } from './secret-command.ts';
import { readSecretFile } from './secret-file.ts';

export interface SecretSources {
  readonly env: NodeJS.ProcessEnv;
  /** Where relative names of the file start from. */
  readonly folder: string;
  /** Where relative names of the environment start from. */
  readonly cwd: string;
  /** Whether the secret at this path is needed; others stay as they are written. */
  isNeeded(path: Path): boolean;
  /** Told everything secret before anybody else can be. */
  hide(secrets: readonly string[]): void;
}

/** What stands at each secret place of the file, by its path. Commands run side by side. */
export async function fetchSecrets(
  value: unknown,
  sources: SecretSources,
): Promise<ReadonlyMap<string, Resolved>> {
  let keyring: Promise<Keyring> | undefined;
  const keys = (): Promise<Keyring> => {
    keyring ??= readKeyring(sources);
    return keyring;
  };
  const fetched = await Promise.all(
    secretTexts(value).map(async ({ path, written }): Promise<[string, Resolved]> => {
      const found = sources.isNeeded(path)
        ? await fetchSecret({ path, written }, sources, keys)
        : { value: written, problems: [] };
      return [formatPath(path), found];
    }),
  );
  const known = fetched.filter(([, { problems }]) => problems.length === 0);
  sources.hide(known.flatMap(([, found]) => formsOf(String(found.value))));
  return new Map(fetched);
}

export interface SecretText {
  readonly path: Path;
  readonly written: string;
}

/** The texts at secret places, as they are written. */
export function secretTexts(value: unknown, path: Path = []): SecretText[] {
  if (typeof value === 'string') return isSecretPlace(path) ? [{ path, written: value }] : [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => secretTexts(member, [...path, name]));
}

/** What the file itself says decides where to look: no value of the environment names a file or command. */
async function fetchSecret(
  { path, written }: SecretText,
  sources: SecretSources,
  keys: () => Promise<Keyring>,
): Promise<Resolved> {
  const [, scheme, rest = ''] = /^(file|exec):(.*)$/s.exec(written) ?? [];
  if (scheme === 'file') return fromFile({ path, written: rest }, sources);
  if (scheme === 'exec') return fromCommand({ path, written: rest }, sources);
  const text = resolveText(written, sources.env, path);
  const { value } = text;
  if (text.problems.length > 0 || typeof value !== 'string' || !isSealed(value)) return text;
  const ring = await keys();
  if ('problem' in ring) return { value: written, problems: [ring.problem] };
  return resolvedAs(unseal(value, formatPath(path), ring.keys), { path, written });
}

async function fromFile(place: SecretText, { env, folder }: SecretSources): Promise<Resolved> {
  const name = resolveText(place.written, env, place.path);
  if (name.problems.length > 0) return name;
  return resolvedAs(await readSecretFile(resolve(folder, String(name.value))), place);
}

async function fromCommand(place: SecretText, { env, folder }: SecretSources): Promise<Resolved> {
  const words = wordsOf(place.written);
  if (words === undefined) return resolvedAs(unclosed, place);
  // After the command was taken apart: no value of the environment can add words to it.
  const resolved = words.map((word) => resolveText(word, env, place.path));
  const problems = resolved.flatMap((word) => word.problems);
  if (problems.length > 0) return { value: place.written, problems };
  const line = resolved.map(({ value }) => String(value));
  return resolvedAs(await runSecretCommand(line, folder), place);
}

function resolvedAs(found: Found, { path, written }: SecretText): Resolved {
  if ('value' in found) return { value: found.value, problems: [] };
  const problem: Problem = { path: formatPath(path), ...found };
  return { value: written, problems: [problem] };
}

/** A secret; of the warehouse's URL also the password, as it is written and as Postgres receives it. */
function formsOf(secret: string): string[] {
  if (!/^postgres(?:ql)?:/.test(secret) || !URL.canParse(secret)) return [secret];
  const { password, searchParams } = new URL(secret);
  const within = [password, decoded(password), ...searchParams.getAll('password')];
  const passwords = within.filter((candidate) => candidate !== '');
  // A URL without a password is no secret, and messages may need its words.
  return passwords.length === 0 ? [] : [secret, ...passwords];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
