// Where news go: the chat's bot and the operator's program, as far as they are configured.

import type { Notify } from '../../config/notify.ts';
import type { Scrubber } from '../scrub.ts';
import { cardOf } from './card.ts';
import { runCommand } from './command.ts';
import { messageOf, plainText } from './message.ts';
import type { News } from './news.ts';
import { postCard } from './webhook.ts';

export interface Channel {
  /** Under which `sync_notices` remembers what was told here. */
  readonly name: 'webhook' | 'command';
  /** Throws LarkhouseError when the news did not arrive. */
  tell(news: News): Promise<void>;
}

export interface ChannelPlace {
  readonly scrubber: Scrubber;
  /** The folder that the program runs in. */
  readonly cwd: string;
}

export function channelsOf(notify: Notify, { scrubber, cwd }: ChannelPlace): readonly Channel[] {
  const { webhook, command, locale } = notify;
  const channels: Channel[] = [];
  if (webhook !== undefined) {
    channels.push({
      name: 'webhook',
      tell: (news) =>
        postCard(webhook, cardOf(news.event, messageOf(scrubbed(news, scrubber), locale))),
    });
  }
  if (command !== undefined) {
    channels.push({
      name: 'command',
      tell: (news) => {
        const clean = scrubbed(news, scrubber);
        const text = plainText(messageOf(clean, locale));
        return runCommand(command, `${JSON.stringify({ ...clean, text })}\n`, { cwd });
      },
    });
  }
  return channels;
}

function scrubbed(news: News, scrubber: Scrubber): News {
  const scrub = (text: string | null): string | null =>
    text === null ? null : scrubber.scrub(text);
  return {
    ...news,
    error: scrub(news.error),
    streams: news.streams.map((one) => ({ ...one, error: scrub(one.error) })),
  };
}
