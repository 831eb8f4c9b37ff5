/** The custom bot of a chat of the simulated tenant: whoever knows its address writes into the chat. */
import { DEMO_BOT_SECRET, DEMO_BOT_TOKEN } from './constants.ts';
import type { JsonObject } from './json.ts';

/** The bot and what was said. Every field may be changed while the tenant runs. */
export interface Bot {
  /** The end of its webhook address. */
  token: string;
  /** Undefined: signatures are not looked at. */
  secret: string | undefined;
  /** Cards that were taken, oldest first. */
  readonly cards: JsonObject[];
}

/** A bot that checks signatures. */
export function makeBot(): Bot {
  return { token: DEMO_BOT_TOKEN, secret: DEMO_BOT_SECRET, cards: [] };
}
