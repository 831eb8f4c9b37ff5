// A message as a card of Lark's.
// https://open.larksuite.com/document/common-capabilities/message-card/message-cards-content/card-structure

import type { JsonObject } from '../../json.ts';
import type { Message, Section } from './message.ts';
import type { News } from './news.ts';

const colors: Readonly<Record<News['event'], string>> = {
  failure: 'red',
  recovery: 'green',
  staleness: 'orange',
  schema_change: 'blue',
};

/**
 * Texts of the tenant's go in as plain text: in Lark's Markdown a field that is called `<at id=all></at>` would
 * call everybody.
 */
export function cardOf(event: News['event'], { title, sections, footer }: Message): JsonObject {
  return {
    config: { wide_screen_mode: true },
    header: { template: colors[event], title: plain(title) },
    elements: [
      ...sections.flatMap(elementsOf),
      { tag: 'hr' },
      { tag: 'note', elements: [plain(footer)] },
    ],
  };
}

function elementsOf({ heading, lines }: Section): JsonObject[] {
  const bold = heading === undefined ? [] : [{ tag: 'lark_md', content: `**${heading}**` }];
  const text = lines.length === 0 ? [] : [plain(lines.join('\n'))];
  return [...bold, ...text].map((content) => ({ tag: 'div', text: content }));
}

function plain(content: string): JsonObject {
  return { tag: 'plain_text', content };
}
