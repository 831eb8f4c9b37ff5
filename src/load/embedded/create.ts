// A new cluster: made whole beside its place and then moved there, so that nobody ever sees half of one.

import { randomBytes } from 'node:crypto';
import {
  access,
  appendFile,
  chmod,
  chown,
  mkdir,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { WarehouseError } from '../../errors.ts';
import { type Account, execute } from './account.ts';
import type { Binaries } from './binaries.ts';
import { type Home, homeIn } from './home.ts';
import { isAlive } from './postmaster.ts';

/**
 * Creates the cluster unless it exists. When two commands do so at once, the second finds its place taken and joins.
 * @throws {WarehouseError} when Postgres cannot create it here.
 */
export async function createCluster(
  home: Home,
  binaries: Binaries,
  account: Account | undefined,
  durable: boolean,
): Promise<void> {
  await removeDrafts(home);
  if (await exists(home)) return;
  const draft = homeIn(`${home.folder}.new-${process.pid}-${randomBytes(3).toString('hex')}`);
  try {
    await fill(draft, binaries, account, durable);
    await rename(draft.folder, home.folder);
  } catch (cause) {
    if (await exists(home)) return;
    throw new WarehouseError(
      `cannot create the embedded Postgres in ${home.folder}${complaint(cause)}`,
      {
        cause,
        hint: 'see that the folder is writable and the disk has 100 MB to spare, or set warehouse.url',
      },
    );
  } finally {
    await rm(draft.folder, { recursive: true, force: true });
  }
}

async function fill(
  draft: Home,
  binaries: Binaries,
  account: Account | undefined,
  durable: boolean,
): Promise<void> {
  const password = { postgres: newPassword(), larkhouse: newPassword() };
  await mkdir(draft.folder, { mode: 0o700 });
  await mkdir(draft.data, { mode: 0o700 });
  const passwordFile = join(draft.folder, 'superuser');
  await writeFile(passwordFile, password.postgres, { mode: 0o600 });
  if (account !== undefined) {
    await chmod(draft.folder, 0o711);
    await chown(draft.data, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  // Version 17 brought a C.UTF-8 that is the same on every platform.
  const locale =
    binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [];
  await execute(account, join(binaries.folder, 'initdb'), [
    `--pgdata=${draft.data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    ...locale,
    '--data-checksums',
    ...(durable ? [] : ['--no-sync']),
  ]);
  await rm(passwordFile);
  await appendFile(join(draft.data, 'postgresql.conf'), settings);
  await execute(
    account,
    join(binaries.folder, 'postgres'),
    [
      '--single',
      '-D',
      draft.data,
      '-c',
      'exit_on_error=on',
      '-c',
      'log_min_error_statement=panic',
      'postgres',
    ],
    `create role larkhouse login createdb createrole password '${password.larkhouse}'\n` +
      'create database larkhouse owner larkhouse\n',
  );
  const lines = Object.entries(password).map(
    ([role, secret]) => `127.0.0.1:*:*:${role}:${secret}\n`,
  );
  await writeFile(draft.pgpass, lines.join(''), { mode: 0o600 });
}

/** For a small machine that has other things to do. The log gets no statement, detail or value of a row. */
const settings = `
# larkhouse
shared_buffers = 128MB
max_wal_size = 1GB
max_connections = 50
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
log_autovacuum_min_duration = -1
`;

const newPassword = (): string => randomBytes(24).toString('hex');

/** Drafts of commands that were killed while they created. */
async function removeDrafts(home: Home): Promise<void> {
  const prefix = `${basename(home.folder)}.new-`;
  for (const name of await readdir(dirname(home.folder))) {
    if (!name.startsWith(prefix) || isAlive(Number.parseInt(name.slice(prefix.length), 10)))
      continue;
    // Postgres may be at work there still: it notices, and ends.
    const folder = join(dirname(home.folder), name);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function exists(home: Home): Promise<boolean> {
  return await access(home.pgpass).then(
    () => true,
    () => false,
  );
}

function complaint(cause: unknown): string {
  const stderr = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
  return stderr === '' ? '' : `: ${stderr.split('\n').at(-1)}`;
}
