// The keys that seal secrets: from the environment, a file, or a command.

import { createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Problem } from '../errors.ts';
import type { Found } from './found.ts';
import { type KeyVariable, keyVariablesIn, usualKeyFile } from './key-place.ts';
import { runSecretCommand, unclosed, wordsOf } from './secret-command.ts';
import { readSecretFile } from './secret-file.ts';

export interface Key {
  /** Stands in what it sealed. */
  readonly id: string;
  /** The id is made from the key, so that no other key has it. */
  readonly isUnique: boolean;
  readonly key: KeyObject;
}

/** The newest key first: it seals, all open. Or why there is none. */
export type Keyring =
  | { readonly keys: readonly [newest: Key, ...older: Key[]] }
  | { readonly problem: Problem };

export interface KeyPlace {
  readonly env: NodeJS.ProcessEnv;
  /** What relative names start from. */
  readonly cwd: string;
  /** Told the keys, as texts. */
  hide(secrets: readonly string[]): void;
}

const keyBytes = 32;
const makeOne = 'make one with: larkhouse secret key';

/** A key of its own, as the environment takes it. */
export function newKey(): string {
  const bytes = randomBytes(keyBytes);
  return `${fingerprint(bytes)}:${bytes.toString('base64')}`;
}

/** Reads the keys from where the environment says, or else from the usual file. */
export async function readKeyring({ env, cwd, hide }: KeyPlace): Promise<Keyring> {
  const [name, second] = keyVariablesIn(env);
  if (second !== undefined) {
    return problem(second, `is set beside ${name}`, 'keep one of them; it may hold several keys');
  }
  const file = name === undefined ? usualKeyFile(env) : '';
  if (name === undefined && !existsSync(file)) {
    const message = `is not set, there is no ${file}, and nothing can be sealed or opened without a key`;
    return problem('LARKHOUSE_KEY', message, `give the key that sealed, or ${makeOne}`);
  }
  const variable = name ?? 'LARKHOUSE_KEY_FILE';
  const found = await fetched(variable, env[variable] || file, cwd);
  if ('message' in found) return problem(variable, found.message, found.suggestion);
  hide(wordsIn(found.value).map(bare));
  return keysIn(found.value, name ?? file);
}

async function fetched(name: KeyVariable, written: string, cwd: string): Promise<Found> {
  if (name === 'LARKHOUSE_KEY') return { value: written };
  if (name === 'LARKHOUSE_KEY_FILE') return readSecretFile(resolve(cwd, written));
  const words = wordsOf(written);
  return words === undefined ? unclosed : runSecretCommand(words, cwd);
}

function keysIn(text: string, name: string): Keyring {
  const keys: Key[] = [];
  for (const word of wordsIn(text)) {
    const key = keyIn(word);
    if (key === undefined) {
      const form = `${keyBytes} random bytes in base64, alone or as name:base64`;
      return problem(name, `holds something else than keys: a key is ${form}`, makeOne);
    }
    if (keys.some(({ id }) => id === key.id)) {
      return problem(name, `holds two keys called ${key.id}`, 'keep one of them, or rename it');
    }
    keys.push(key);
  }
  const [newest, ...older] = keys;
  return newest === undefined
    ? problem(name, 'holds no key', makeOne)
    : { keys: [newest, ...older] };
}

/** Several keys stand on lines of their own, as `larkhouse secret key` prints them too, or with commas between. */
function wordsIn(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((word) => word.replace(/^LARKHOUSE_KEY=/, ''))
    .filter((word) => word !== '');
}

function keyIn(word: string): Key | undefined {
  const text = bare(word);
  const id = word.slice(0, -text.length - 1);
  if (!/^[\w+/-]{43}=?$/.test(text) || !/^[\w.-]{0,64}$/.test(id)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const own = fingerprint(bytes);
  return {
    id: id === '' ? own : id,
    isUnique: id === '' || id === own,
    key: createSecretKey(bytes),
  };
}

/** The key without its name. */
function bare(word: string): string {
  return word.slice(word.lastIndexOf(':') + 1);
}

/** What an unnamed key is called: says nothing of the key. */
function fingerprint(bytes: Uint8Array): string {
  return createHash('sha256').update('larkhouse key').update(bytes).digest('hex').slice(0, 8);
}

function problem(path: string, message: string, suggestion: string): Keyring {
  return { problem: { path, message, suggestion } };
}
