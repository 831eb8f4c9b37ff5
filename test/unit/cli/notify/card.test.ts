import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardOf } from '../../../../src/cli/notify/card.ts';
import { messageOf } from '../../../../src/cli/notify/message.ts';
import { change, news, streamNews } from './news.ts';

function cardFor(given: Parameters<typeof news>[0]) {
  const told = news(given);
  return cardOf(told.event, messageOf(told, 'en-US'));
}

test('a card has a coloured title, a part a stream, and a footer', () => {
  const card = cardFor({ streams: [streamNews('base.records', { error: 'no scope' })] });
  assert.deepEqual(card, {
    config: { wide_screen_mode: true },
    header: { template: 'red', title: { tag: 'plain_text', content: 'acme: sync failed' } },
    elements: [
      { tag: 'div', text: { tag: 'lark_md', content: '**base.records**' } },
      { tag: 'div', text: { tag: 'plain_text', content: 'no scope' } },
      { tag: 'hr' },
      {
        tag: 'note',
        elements: [
          {
            tag: 'plain_text',
            content: 'run 7 · 2026-11-22 12:00 UTC · larkhouse status tells more',
          },
        ],
      },
    ],
  });
});

test('what a tenant calls its fields is never read as Markdown, and calls nobody', () => {
  const hostile = '<at id=all></at>**[x](https://evil.example)**';
  const card = cardFor({
    event: 'schema_change',
    changes: [change({ name: hostile, table_name: hostile, app_name: hostile })],
  });
  const markdown = JSON.stringify(card, (key, value: unknown) =>
    key === 'content' || typeof value !== 'string' ? value : value,
  );
  assert.ok(markdown.includes('evil.example'));
  assert.doesNotMatch(markdown, /lark_md/);
});

test('the largest message is less than the 20 KB that Lark takes', () => {
  const error = Array.from({ length: 30 }, () => '错'.repeat(1000)).join('\n');
  const streams = Array.from({ length: 40 }, (_, index) => streamNews(`x.s${index}`, { error }));
  const bytes = Buffer.byteLength(JSON.stringify(cardFor({ streams })));
  assert.ok(bytes < 20_000, `${bytes} bytes`);
});
