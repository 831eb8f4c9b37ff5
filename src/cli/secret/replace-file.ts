// Puts a new text in the place of a file's, whole or not at all, with the rights and owner it had.

import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { ConfigError } from '../../errors.ts';

/** `name` is how messages call the file. Throws ConfigError when it cannot be written; nothing is changed then. */
export async function replaceFile(path: string, name: string, text: string): Promise<void> {
  // A link stays one.
  const place = await realpath(path);
  const draft = `${place}.${randomBytes(4).toString('hex')}.new`;
  const replaced = write(draft, text, place).then(() => rename(draft, place));
  await replaced.catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { force: true });
    const message = `cannot be written (${error.code ?? error.name}); nothing was changed`;
    throw new ConfigError([{ path: name, message }]);
  });
}

async function write(draft: string, text: string, like: string): Promise<void> {
  const { mode, uid, gid } = await stat(like);
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    if (uid !== process.getuid?.() || gid !== process.getgid?.()) await file.chown(uid, gid);
    await file.chmod(mode & 0o7777);
    await file.sync();
  } finally {
    await file.close();
  }
}
