// Writes the metrics file whole: readers see the old one or the new one, and no part of either.

import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LarkhouseError } from '../../errors.ts';

/** The file could not be written. */
export class MetricsError extends LarkhouseError {
  override readonly name = 'MetricsError' as const;
}

/**
 * Through a file beside it: only within a folder is renaming atomic. Its name does not end as those do that
 * the textfile collector reads. Others may read the result as far as the umask permits. Throws MetricsError.
 */
export async function writeMetrics(path: string, text: string): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(beside, 'wx', 0o666);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    throw new MetricsError(`the metrics file ${path} cannot be written${code}`, {
      hint: 'let this user write into its folder; the file is replaced, not changed',
      cause: error,
    });
  }
}
