// A secret from a file that nobody may read but its owner, or those whom root lets.

import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type Fault, type Found, longestSecret, secretIn } from './found.ts';

/** What makes known who may read a file: `fs.Stats` has both. */
export interface Rights {
  readonly mode: number;
  readonly uid: number;
}

const groupAndOthers = 0o077;
const allButReadingByGroup = 0o037;

/**
 * Whether others may read the file, or change it. The group may read what is root's: nobody else gave it
 * that group. Kubernetes mounts so for an fsGroup; of a credential of systemd, the bits are those of an ACL.
 */
export function isOpen({ mode, uid }: Rights): boolean {
  return (mode & (uid === 0 ? allButReadingByGroup : groupAndOthers)) !== 0;
}

/** Reads the file, once it is known that only those can who may. */
export async function readSecretFile(path: string): Promise<Found> {
  let file: FileHandle | undefined;
  try {
    // Without O_NONBLOCK a named pipe would be waited for.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return (await faultOf(file, path)) ?? secretIn(await content(file), `the file ${path}`);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    return {
      message: `the file ${path} cannot be read${code}`,
      suggestion: 'see that it is there and that this user may read it',
    };
  } finally {
    await file?.close();
  }
}

async function faultOf(file: FileHandle, path: string): Promise<Fault | undefined> {
  const status = await file.stat();
  if (!status.isFile()) {
    return { message: `${path} is no file`, suggestion: 'name a file that holds the secret alone' };
  }
  // On Windows these bits say nothing.
  if (process.platform === 'win32' || !isOpen(status)) return undefined;
  return {
    message: `the file ${path} is open to its group or to others`,
    suggestion: `chmod ${status.uid === 0 ? 640 : 600} ${quoted(path)}`,
  };
}

async function content(file: FileHandle): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(longestSecret + 1) });
  return buffer.subarray(0, bytesRead);
}

/** As a shell takes it for one word. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
