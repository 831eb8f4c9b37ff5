// Puts a new file in its place, for its owner alone, whole or not at all.

import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError } from '../../errors.ts';
import { replaceFile } from '../secret/replace-file.ts';

/** Where there is none yet; `name` is how messages call it. Throws ConfigError; nothing is changed then. */
export async function placeFile(path: string, name: string, text: string): Promise<void> {
  await write(path, text).catch((error: NodeJS.ErrnoException) => {
    const message = `cannot be written (${error.code ?? error.name}); nothing was changed`;
    throw new ConfigError([{ path: name, message }]);
  });
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(4).toString('hex')}.new`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
    // Unlike a renaming, this never takes the place of a file that came in between.
    await link(draft, path);
  } finally {
    await file.close();
    await rm(draft);
  }
}

/** The same in the place of a file that is there. */
export async function placeInstead(path: string, name: string, text: string): Promise<void> {
  await replaceFile(path, name, text);
  await chmod(path, 0o600);
}
