// From a file and the environment to a configuration that holds: everything is checked before any
// I/O but that which gets secrets, and every problem is told at once.

import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError } from '../errors.ts';
import { locate } from './locate.ts';
import { problemsOf, unknownKey } from './problems.ts';
import { type Known, resolveReferences } from './references.ts';
import { type Config, configSchema } from './schema.ts';
import { fetchSecrets } from './secrets.ts';
import { type Parsed, parseYaml } from './yaml.ts';

export interface LoadOptions {
  /** What --config names. */
  readonly file?: string | undefined;
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
  /** Full path; undefined when no file was named and the built-in demo holds. */
  readonly file: string | undefined;
  /** True when the configuration is the built-in demo, named or not. */
  readonly isDemo: boolean;
}

/** Reads the configuration. Throws ConfigError with every problem found. */
export async function loadConfig({
  file,
  env,
  cwd,
  hide = () => undefined,
  forTenants = true,
}: LoadOptions): Promise<Loaded> {
  const place = locate(file, env, cwd);
  const parsed = parseYaml(await readText(place.path, place.name), place.name);
  const secrets = await fetchSecrets(parsed.value, {
    env,
    cwd,
    folder: dirname(place.path),
    isNeeded: ([section]) => forTenants || section !== 'sources',
    hide,
  });
  const config = checked(parsed, env, secrets);
  return { config, file: place.chosen ? place.path : undefined, isDemo: place.isDemo };
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
