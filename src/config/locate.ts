// Which configuration file holds: the flag, the environment, the usual place, or else the demo.

import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../errors.ts';

export interface Place {
  /** As its writer named it, for messages. */
  readonly name: string;
  readonly path: string;
  /** False for the demo that holds when no file was named. */
  readonly chosen: boolean;
  readonly isDemo: boolean;
}

const usual = 'config/larkhouse.yaml';

/** Chooses the file. Throws ConfigError when a file was named and is not there. */
export function locate(file: string | undefined, env: NodeJS.ProcessEnv, cwd: string): Place {
  const { LARKHOUSE_CONFIG: fromEnvironment } = env;
  const named = file ?? (fromEnvironment === '' ? undefined : fromEnvironment);
  const name = named ?? (existsSync(resolve(cwd, usual)) ? usual : undefined);
  const demo = demoFile();
  if (name === undefined) {
    return { name: 'config/demo.yaml', path: demo, chosen: false, isDemo: true };
  }
  const path = resolve(cwd, name);
  if (name === '' || !existsSync(path)) throw new ConfigError([missing(name, file !== undefined)]);
  return { name, path, chosen: true, isDemo: realpathSync(path) === realpathSync(demo) };
}

function missing(name: string, byFlag: boolean): ConfigError['problems'][number] {
  const option = byFlag ? '--config' : '$LARKHOUSE_CONFIG';
  const demo = `leave ${option} out to run the demo`;
  if (name === '') return { path: option, message: 'names no file', suggestion: demo };
  const init = `larkhouse init${byFlag ? ` --config ${name}` : ''}`;
  return {
    path: name,
    message: `there is no such file (named by ${option})`,
    suggestion: `make it with ${init}, copy config/example.yaml there, or ${demo}`,
  };
}

/** config/demo.yaml of the package, seen from src/config and from dist/src/config. */
function demoFile(): string {
  const places = ['../../config/demo.yaml', '../../../config/demo.yaml'].map((relative) =>
    fileURLToPath(new URL(relative, import.meta.url)),
  );
  return places.find((path) => existsSync(path)) ?? places.join('');
}
