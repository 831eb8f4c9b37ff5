import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { postCard, signature } from '../../../../src/cli/notify/webhook.ts';
import { startTenant } from '../../../../src/demo/server.ts';
import { describe, LarkhouseError } from '../../../../src/errors.ts';

const tenant = await startTenant({ limits: 'off' });
after(() => tenant.close());

const card = {
  header: { title: { tag: 'plain_text', content: 'x' } },
  elements: [{ tag: 'hr' }],
};
const { bot } = tenant.app;
const hook = `${tenant.url}/open-apis/bot/v2/hook/${bot.token}`;
const secret = bot.secret ?? '';

/** What is said of a card that is not taken. */
async function refusal(url: string, given: { readonly secret?: string } = {}): Promise<string> {
  const webhook = { url, privateNetwork: false, ...given };
  const error = await postCard(webhook, card).then(
    () => assert.fail('the card was taken'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof LarkhouseError);
  return describe(error);
}

test('a signature is the HMAC of nothing, keyed by the time and the secret', () => {
  // openssl dgst -sha256 -mac HMAC -macopt "key:$(printf '1599360473\ndemo-secret')" -binary </dev/null | base64
  assert.deepEqual(signature('demo-secret', 1_599_360_473_999), {
    timestamp: '1599360473',
    sign: '3/MaVZ8JLIy4TUG+7KSFJqvUkTKd+HWY8g+56DZWq8s=',
  });
  assert.deepEqual(signature(undefined), {});
});

test('a bot takes a card that is signed', async () => {
  await postCard({ url: hook, secret, privateNetwork: false }, card);
  assert.deepEqual(bot.cards, [card]);
});

test('what a bot says against a card is passed on, with its code and what to check', async () => {
  const said = await refusal(hook, { secret: 'wrong' });
  assert.match(said, /^the bot at 127\.0\.0\.1:\d+ did not take the message: sign match fail/);
  assert.match(said, /HTTP 200, Lark code 19021/);
  assert.match(said, /Next: check notify\.webhook/);
  const unknown = hook.replace(bot.token, 'another-token');
  assert.match(await refusal(unknown, { secret }), /Lark code 19001/);
});

test('neither the address nor the secret stands in what is said', async () => {
  const texts = [
    await refusal(hook, { secret: 'wrong-secret' }),
    await refusal(`http://127.0.0.1:9/open-apis/bot/v2/hook/${bot.token}`),
  ];
  for (const text of texts) {
    assert.ok(!text.includes(bot.token) && !text.includes('wrong-secret'), text);
  }
});

test('an answer that is no yes is none: a page, a redirect, an empty body', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/redirect') response.writeHead(302, { location: hook });
    response.end(request.url === '/page' ? '<html>welcome</html>' : '');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const taken = bot.cards.length;
  for (const path of ['/page', '/redirect', '/empty']) {
    const said = await refusal(`http://127.0.0.1:${address.port}${path}`, { secret });
    assert.match(said, /did not take the message/);
  }
  assert.equal(bot.cards.length, taken);
  server.closeAllConnections();
  server.close();
});

test('a host that leads into a private network is not called unless it is named', async () => {
  assert.match(await refusal('https://10.0.0.1/hook/x'), /private/);
});
