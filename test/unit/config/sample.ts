// Configuration files for tests: a valid one, changed part by part, and what is wrong with it.

import assert from 'node:assert/strict';
import { parseConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/schema.ts';
import type { Source } from '../../../src/config/source.ts';
import { ConfigError, type Problem } from '../../../src/errors.ts';

export interface Parts {
  readonly warehouse?: unknown;
  readonly source?: object;
  readonly auth?: unknown;
  readonly modules?: unknown;
}

/** A valid file with one source `acme`, these parts of it changed. JSON is YAML. */
export function sample({ warehouse = {}, source = {}, auth, modules }: Parts = {}): string {
  const acme = {
    platform: 'lark',
    auth: auth ?? { mode: 'custom_app', app_id: 'cli_acme', app_secret: 'acme-secret' },
    modules: modules ?? { contact: {} },
    ...source,
  };
  return JSON.stringify({ warehouse, sources: { acme } });
}

export function read(text: string, env: NodeJS.ProcessEnv = {}): Config {
  return parseConfig(text, 'test.yaml', env);
}

export function readSource(parts: Parts, env: NodeJS.ProcessEnv = {}): Source {
  const [source] = read(sample(parts), env).sources;
  assert.ok(source);
  return source;
}

/** Everything that is wrong with the text. */
export function problemsIn(text: string, env: NodeJS.ProcessEnv = {}): readonly Problem[] {
  try {
    read(text, env);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.problems;
  }
  return [];
}

/** The problems as `path: message` with the paths inside of the source `acme`. */
export function complaints(parts: Parts, env: NodeJS.ProcessEnv = {}): string[] {
  return problemsIn(sample(parts), env).map(
    ({ path, message }) => `${path.replace(/^sources\.acme\./, '')}: ${message}`,
  );
}
