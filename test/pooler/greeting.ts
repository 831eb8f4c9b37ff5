// How a client comes in: what it asks for at the start, and that it gets in without a password.

import { once } from 'node:events';
import type { Socket } from 'node:net';
import { frame } from './frames.ts';

const sslRequest = 80_877_103;
const protocol = 196_608;

/** What PgBouncer knows; anything else it refuses. */
const known = [
  'user',
  'database',
  'application_name',
  'client_encoding',
  'datestyle',
  'timezone',
  'standard_conforming_strings',
];

/** Whether the client is let in; it is told the reason where it is not. */
export async function greet(client: Socket): Promise<boolean> {
  for (;;) {
    const [data] = await once(client, 'data');
    if (!Buffer.isBuffer(data) || data.length < 8) return false;
    const code = data.readInt32BE(4);
    if (code !== sslRequest) return code === protocol && admit(client, data);
    client.write('N');
  }
}

function admit(client: Socket, startup: Buffer): boolean {
  const words = startup.toString('utf8', 8).split('\0');
  const names = words.filter((word, place) => place % 2 === 0 && word !== '');
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const message = `Munsupported startup parameter: ${unknown}`;
    client.end(frame('E', 'SFATAL', 'VFATAL', 'C08P01', message, ''));
    return false;
  }
  client.write(Buffer.concat([frame('R', 0), frame('K', 1, 1), ready]));
  return true;
}

/** Outside of a transaction. */
const ready = Buffer.from('Z\0\0\0\u0005I', 'latin1');
