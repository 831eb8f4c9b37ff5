// From a file and the environment to a configuration that holds: everything is checked before any
// I/O but that which gets secrets, and every problem is told at once.

import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError } from '../errors.ts';
import type { ConfigFile } from './file.ts';
import { locate } from './locate.ts';
import { problemsOf, unknownKey } from './problems.ts';
import { type Known, resolveReferences } from './references.ts';
import { type Config, configSchema } from './schema.ts';
import { fetchSecrets } from './secrets.ts';
import { type Parsed, parseYaml } from './yaml.ts';

export interface LoadOptions {
  /** The file that --config names, or what would stand in it: names in that start from `cwd`. */
  readonly file?: string | ConfigFile | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** The folder that relative file names start from. */
  readonly cwd: string;
  /** Told every secret before anything else is done with it. */
  readonly hide?: (secrets: readonly string[]) => void;
  /** False: no tenant will be asked, and secrets of sources stay as they are written. Default: true. */
  readonly forTenants?: boolean;
}

export interface Loaded {
  readonly config: Config;
  /** Full path; undefined when no file was named: an object was given, or the built-in demo holds. */
  readonly file: string | undefined;
  /** True when the configuration is the built-in demo, named or not. */
  readonly isDemo: boolean;
}

/** Reads the configuration. Throws ConfigError with every problem found. */
export async function loadConfig({
  file: given,
  env,
  cwd,
  hide = () => undefined,
  forTenants = true,
}: LoadOptions): Promise<Loaded> {
  const { parsed, folder, file, isDemo } = await read(given, env, cwd);
  const secrets = await fetchSecrets(parsed.value, {
    env,
    cwd,
    folder,
    isNeeded: ([section]) => forTenants || section !== 'sources',
    hide,
  });
  return { config: checked(parsed, env, secrets), file, isDemo };
}

interface Unchecked extends Omit<Loaded, 'config'> {
  readonly parsed: Parsed;
  /** Where relative names of the configuration start from. */
  readonly folder: string;
}

async function read(
  given: LoadOptions['file'],
  env: NodeJS.ProcessEnv,
  cwd: string,
): Promise<Unchecked> {
  if (typeof given === 'object') {
    // Plain data, and the caller's no more: members that are undefined are left out, as if not written.
    const value: unknown = JSON.parse(JSON.stringify(given));
    return { parsed: { value, problems: [] }, folder: cwd, file: undefined, isDemo: false };
  }
  const { name, path, chosen, isDemo } = locate(given, env, cwd);
  const parsed = parseYaml(await readText(path, name), name);
  return { parsed, folder: dirname(path), file: chosen ? path : undefined, isDemo };
}

/** The configuration in a text that has no secrets but those of the environment. Throws ConfigError. */
export function parseConfig(text: string, name: string, env: NodeJS.ProcessEnv): Config {
  return checked(parseYaml(text, name), env, new Map());
}

function checked(parsed: Parsed, env: NodeJS.ProcessEnv, secrets: Known): Config {
  if (parsed.value === undefined) throw new ConfigError(parsed.problems);
  const resolved = resolveReferences(parsed.value, env, secrets);
  // A key that is missing concerns every sealed value, and is told once.
  const early = [...new Set([...parsed.problems, ...resolved.problems])];
  const result = configSchema.safeParse(resolved.value, { reportInput: true });
  const late = result.success ? [] : problemsOf(result.error.issues);
  const lacking = [...secrets].filter(([, { problems }]) => problems.length > 0);
  const unresolved = new Set([
    ...resolved.problems.map(({ path }) => path),
    ...lacking.map(([path]) => path),
  ]);
  // What the schema says of a text whose reference failed is beside the point, save for its key.
  const apt = late.filter(({ path, message }) => message === unknownKey || !unresolved.has(path));
  const problems = [...early, ...apt];
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
  return freeze(result.data);
}

/** The text of a configuration file; `name` is how problems call the file. Throws ConfigError. */
export async function readText(path: string, name: string): Promise<string> {
  const problem = (message: string): ConfigError => new ConfigError([{ path: name, message }]);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw problem(`cannot be read (${error.code ?? error.name})`);
  });
  if (!isUtf8(bytes)) throw problem('is not a text in UTF-8');
  return bytes.toString();
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
