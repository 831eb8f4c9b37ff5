// The streams as the configuration wants them stored: with the hash of their hashed columns, which is a
// matter of Node's, handed in.

import { createHmac } from 'node:crypto';
import type { Privacy } from '../../config/privacy.ts';
import type { Stream } from '../../stream.ts';
import { treated } from '../../transform/treatment.ts';

export function treating({ hashKey = '', columns }: Privacy): (stream: Stream) => Stream {
  return (stream) => treated(stream, columns, (text) => keyedHash(hashKey, text));
}

/** HMAC-SHA256, 64 hex digits. */
export function keyedHash(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}
