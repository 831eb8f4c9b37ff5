import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, test } from 'node:test';
import { startTenant } from '../../../../src/demo/server.ts';

const tenant = await startTenant({ limits: 'off' });
after(() => tenant.close());

const card = {
  header: { title: { tag: 'plain_text', content: 'x' } },
  elements: [{ tag: 'hr' }],
};

function signed(secret: string, at: number): object {
  const timestamp = String(Math.floor(at / 1000));
  const sign = createHmac('sha256', `${timestamp}\n${secret}`).digest('base64');
  return { timestamp, sign };
}

async function post(body: object, token: string = tenant.app.bot.token): Promise<unknown> {
  const answer = await fetch(`${tenant.url}/open-apis/bot/v2/hook/${token}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  assert.equal(answer.status, 200);
  const said: unknown = await answer.json();
  return typeof said === 'object' && said !== null && 'code' in said ? said.code : undefined;
}

test('a bot takes a card that is signed with its secret in this hour, and nothing else', async () => {
  const secret = tenant.app.bot.secret ?? '';
  const message = { msg_type: 'interactive', card };
  assert.equal(await post({ ...signed(secret, Date.now()), ...message }), 0);
  assert.equal(await post({ ...signed('other', Date.now()), ...message }), 19021);
  assert.equal(await post({ ...signed(secret, Date.now() - 3_700_000), ...message }), 19021);
  assert.equal(await post(message), 19021);
  assert.deepEqual(tenant.app.bot.cards, [card]);
});

test('a bot knows its own address only', async () => {
  assert.equal(await post({ msg_type: 'interactive', card }, 'other'), 19001);
});

test('a bot without a secret takes what is not signed, if it is a card', async () => {
  tenant.app.bot.secret = undefined;
  const before = tenant.app.bot.cards.length;
  assert.equal(await post({ msg_type: 'text', content: { text: 'x' } }), 9499);
  assert.equal(await post({ msg_type: 'interactive', card: { elements: [] } }), 9499);
  assert.equal(await post({ msg_type: 'interactive', card }), 0);
  assert.equal(tenant.app.bot.cards.length, before + 1);
});
