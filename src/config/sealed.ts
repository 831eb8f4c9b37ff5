// Sealed secrets: AES-256-GCM under a key of the environment, each good for one place of the
// configuration alone. sealed:v1:KEY:PLACE:DATA, where DATA is nonce, ciphertext and tag in base64url.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Found } from './found.ts';
import type { Key } from './keys.ts';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Whether a text says of itself that it is sealed. */
export function isSealed(text: string): boolean {
  return text.startsWith('sealed:');
}

/** Seals a secret for one place of the configuration, like `sources.acme.auth.app_secret`. */
export function seal(secret: string, place: string, { id, key }: Key): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(context(id, place));
  const parts = [nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return `sealed:v1:${id}:${place}:${Buffer.concat(parts).toString('base64url')}`;
}

/** The key that sealed a text; undefined where it does not say so. */
export function keyOf(sealed: string): string | undefined {
  return parse(sealed)?.id;
}

/** Opens what stands at a place. Tells apart another place, an unknown key and a changed text. */
export function unseal(sealed: string, place: string, keys: readonly Key[]): Found {
  const anew = `seal the secret anew with: larkhouse secret seal --for ${place}`;
  const parts = parse(sealed);
  if (parts === undefined) {
    return {
      message: 'is sealed in no form that this version knows, or is cut off',
      suggestion: anew,
    };
  }
  if (parts.place !== place) {
    return { message: `is sealed for ${parts.place} and opens nowhere else`, suggestion: anew };
  }
  const key = keys.find(({ id }) => id === parts.id);
  if (key === undefined) {
    const known = keys.map(({ id }) => id).join(', ');
    return {
      message: `is sealed under the key ${parts.id}, which is not among those given (${known})`,
      suggestion: `give that key, too, or ${anew}`,
    };
  }
  const value = opened(parts, key);
  if (value !== undefined) return { value };
  if (key.isUnique) return { message: 'was changed after it was sealed', suggestion: anew };
  return {
    message: `does not open under the key ${parts.id}: the text was changed, or another key has that name now`,
    suggestion: `give the key that sealed it, or ${anew}`,
  };
}

interface Parts {
  readonly id: string;
  readonly place: string;
  readonly data: Buffer;
}

function parse(sealed: string): Parts | undefined {
  const [, id, place, text] = /^sealed:v1:([\w.-]+):([\w.-]+):([\w-]+)$/.exec(sealed) ?? [];
  if (id === undefined || place === undefined || text === undefined) return undefined;
  const data = Buffer.from(text, 'base64url');
  // Several texts stand for the same bytes; only one of them is what was sealed.
  const isExact = data.toString('base64url') === text && data.byteLength > nonceBytes + tagBytes;
  return isExact ? { id, place, data } : undefined;
}

function opened({ id, place, data }: Parts, { key }: Key): string | undefined {
  const nonce = data.subarray(0, nonceBytes);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(context(id, place));
  decipher.setAuthTag(data.subarray(-tagBytes));
  try {
    const text = data.subarray(nonceBytes, -tagBytes);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString();
  } catch {
    return undefined;
  }
}

/** What is authenticated beside the secret: sealed text that is moved or relabelled does not open. */
function context(id: string, place: string): Buffer {
  return Buffer.from(`larkhouse sealed v1\n${id}\n${place}`);
}
