// News as a message: a title and short sections, which a card or a plain text is made of.

import type { SchemaChange } from '../../load/schema-history.ts';
import { saysNotRead, saysStopped } from '../stopped.ts';
import { dateTime } from '../words.ts';
import type { News, StreamNews } from './news.ts';
import { type Locale, type Phrases, phrasesIn } from './phrases.ts';

export interface Section {
  /** A stream's name: no text of the tenant's. Undefined: none. */
  readonly heading: string | undefined;
  /** May hold texts of the tenant's. */
  readonly lines: readonly string[];
}

export interface Message {
  readonly title: string;
  readonly sections: readonly Section[];
  readonly footer: string;
}

/** Lark takes 20 KB, and nobody reads that much. */
const bytesAMessage = 12_000;
/** What a section takes besides its lines. */
const bytesASection = 200;
const charactersALine = 400;

export function messageOf(news: News, locale: Locale): Message {
  const phrases = phrasesIn(locale);
  const facts = [
    ...(news.run_id === null ? [] : [phrases.run(news.run_id)]),
    dateTime(news.at),
    phrases.next,
  ];
  return {
    title: phrases.title(news.event, news.source),
    sections: clipped(sectionsOf(news, phrases), phrases),
    footer: facts.join(' · '),
  };
}

export function plainText({ title, sections, footer }: Message): string {
  const paragraphs = sections.map(({ heading, lines }) =>
    [...(heading === undefined ? [] : [heading]), ...lines].join('\n'),
  );
  return [title, ...paragraphs, footer].join('\n\n');
}

function sectionsOf(news: News, phrases: Phrases): readonly Section[] {
  const { event, source, error, streams } = news;
  switch (event) {
    case 'failure':
      return source === null ? plain([error ?? '']) : failures(streams, phrases);
    case 'recovery':
      return source === null
        ? plain([phrases.wholeRecovered])
        : streams.map(({ stream, told_at: at }) =>
            headed(stream, [phrases.recovered(at === null ? null : dateTime(at))]),
          );
    case 'staleness':
      return streams.map(({ stream, fresh_at: at }) =>
        headed(stream, [phrases.stale(at === null ? null : dateTime(at))]),
      );
    case 'schema_change':
      return changes(news.changes, phrases);
  }
}

function failures(streams: readonly StreamNews[], phrases: Phrases): readonly Section[] {
  const told = streams.map((one) => ({ one, lines: troubleOf(one, phrases) }));
  const idle = told.filter(({ lines }) => lines.length === 0).map(({ one }) => one.stream);
  return [
    ...told
      .filter(({ lines }) => lines.length > 0)
      .map(({ one, lines }) => headed(one.stream, lines)),
    ...(idle.length === 0 ? [] : plain([phrases.notRead(idle)])),
  ];
}

/** What went wrong in the stream itself. */
function troubleOf({ error, rejected }: StreamNews, phrases: Phrases): readonly string[] {
  const own = (error?.split('\n') ?? []).filter((line) => !saysNotRead(line) && !saysStopped(line));
  return [...own, ...(rejected > 0 ? [phrases.rejected(rejected)] : [])];
}

/** A section a table. */
function changes(all: readonly SchemaChange[], phrases: Phrases): readonly Section[] {
  const groups = Map.groupBy(all, (one) => `${one.app_token}/${one.table_id}`);
  return [...groups.values()].map((group) => {
    const [first] = group;
    const base = first?.app_name ?? first?.app_token ?? '';
    const table = first?.table_name ?? first?.table_id ?? '';
    return {
      heading: undefined,
      lines: [`${base} / ${table}`, ...group.toReversed().map((one) => phrases.change(one))],
    };
  });
}

function headed(heading: string, lines: readonly string[]): Section {
  return { heading, lines };
}

function plain(lines: readonly string[]): readonly Section[] {
  return [{ heading: undefined, lines }];
}

/** Sections as far as they fit, and how many lines are left out. */
function clipped(sections: readonly Section[], phrases: Phrases): readonly Section[] {
  const kept: Section[] = [];
  let room = bytesAMessage;
  let left = 0;
  for (const { heading, lines } of sections) {
    const fitting: string[] = [];
    room -= bytesASection;
    for (const line of lines.map(shortened)) {
      room -= Buffer.byteLength(JSON.stringify(line));
      if (room >= 0) fitting.push(line);
      else left += 1;
    }
    if (fitting.length > 0) kept.push({ heading, lines: fitting });
  }
  return left === 0 ? kept : [...kept, ...plain([phrases.more(left)])];
}

function shortened(line: string): string {
  const characters = [...line];
  if (characters.length <= charactersALine) return line;
  return `${characters.slice(0, charactersALine - 1).join('')}…`;
}
