// Where a cluster lies: in the project's own folder, or outside it when Postgres's user may not enter there.

import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readlink, realpath, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { WarehouseError } from '../../errors.ts';
import { type Account, canEnter, serverAccount } from './account.ts';

/** Root's place for what Postgres must reach although the checkout is closed to it. */
export const sharedFolder = '/var/lib/larkhouse';

/** One cluster's files. `data` belongs to Postgres's user, the rest to the user of the command. */
export interface Home {
  readonly folder: string;
  /** Postgres's own data folder. */
  readonly data: string;
  readonly log: string;
  /** Passwords of the roles, in libpq's format, for the owner's eyes only. */
  readonly pgpass: string;
  /** The port of the last start, taken again when it is free. */
  readonly port: string;
}

/** Names the files of a cluster in a folder. */
export function homeIn(folder: string): Home {
  const file = (name: string): string => join(folder, name);
  return {
    folder,
    data: file('data'),
    log: file('log'),
    pgpass: file('pgpass'),
    port: file('port'),
  };
}

/** The cluster that belongs to a directory, if one was ever created. */
export async function findHome(directory: string): Promise<Home | undefined> {
  const folder = await realpath(join(directory, 'postgres')).catch(() => undefined);
  return folder === undefined ? undefined : homeIn(folder);
}

/**
 * The cluster's place and the account that runs it, decided once: existing data stay where and whose they are.
 * @throws {WarehouseError} when the data exist and Postgres's user may no longer reach them.
 */
export async function settleHome(
  directory: string,
): Promise<{ home: Home; account: Account | undefined }> {
  const existing = await findHome(directory);
  if (existing !== undefined) {
    const account = await ownerOf(existing);
    if (await canEnter(account, existing.folder)) return { home: existing, account };
    throw new WarehouseError(
      `${account?.name ?? 'this user'} may not enter ${existing.folder}, where the embedded Postgres keeps its data`,
      {
        hint: 'give back the right to enter that folder and those above it',
      },
    );
  }
  const account = await serverAccount();
  await mkdir(directory, { recursive: true });
  const folder = await chooseFolder(await realpath(directory), account);
  return { home: homeIn(folder), account };
}

/** Leaves a link in the directory when the cluster is kept elsewhere, for people and for later commands. */
async function chooseFolder(directory: string, account: Account | undefined): Promise<string> {
  const link = join(directory, 'postgres');
  const known = await lstat(link).catch(() => undefined);
  if (known?.isSymbolicLink() === true) {
    // The data behind the link are gone: they are created anew where it points.
    await openSharedFolder();
    return await readlink(link);
  }
  if (await canEnter(account, directory)) return link;
  await openSharedFolder();
  const folder = join(
    sharedFolder,
    createHash('sha256').update(directory).digest('hex').slice(0, 12),
  );
  await symlink(folder, link).catch(async (error: unknown) => {
    if ((await readlink(link).catch(() => undefined)) !== folder) throw error;
  });
  return folder;
}

/** Creates the shared folder so that everybody may pass through it, whatever the umask is. */
export async function openSharedFolder(): Promise<void> {
  await mkdir(sharedFolder, { recursive: true });
  await chmod(sharedFolder, 0o755);
}

async function ownerOf(home: Home): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const { uid, gid } = await stat(home.data).catch(() => ({ uid: 0, gid: 0 }));
  return uid === 0 ? await serverAccount() : { name: `user ${uid}`, uid, gid };
}
