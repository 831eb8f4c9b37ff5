// What may happen to a message on the wire.

import type { Message } from './messages.ts';

/**
 * It passes or is dropped; or its connection is reset (RST) or ended (FIN), or from now on swallows
 * everything both ways.
 */
export type Verdict = 'pass' | 'drop' | 'reset' | 'end' | 'stall';

/** A verdict, or what is awaited before there is one. */
export type Deed = Verdict | ((message: Message) => Promise<Verdict>);
