import assert from 'node:assert/strict';
import { createSecretKey, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { Key } from '../../../src/config/keys.ts';
import { reseal } from '../../../src/config/reseal.ts';
import { keyOf, seal, unseal } from '../../../src/config/sealed.ts';
import { parseYaml } from '../../../src/config/yaml.ts';
import { ConfigError } from '../../../src/errors.ts';

const [newest, older] = [keyCalled('new'), keyCalled('old')];

function keyCalled(id: string): Key {
  return { id, isUnique: true, key: createSecretKey(randomBytes(32)) };
}

const secretPlace = 'sources.acme.auth.app_secret';
const ticketPlace = 'sources.b_2.auth.app_ticket';

const url = seal('postgres://u:p@h/d', 'warehouse.url', older);
const secret = seal('one', secretPlace, older);
const ticket = seal('two', ticketPlace, older);

const file = `\uFEFF# Kommentar: ä  \r
warehouse: { url: ${url}, schema:   lark } # in braces\r
\r
sources:\r
  acme:\r
    auth:\r
      app_secret:    "${secret}"   # in quotes, ${secret}\r
      app_id: 'cli_x'\r
  b_2:\r
    auth:\r
      app_ticket: >-\r
        ${ticket}\r
      app_secret: \${LARK_APP_SECRET}\r
\r
# the end`;

test('every sealed value gets the newest key, and no other character changes', () => {
  const { text, anew, kept } = reseal(file, 'x.yaml', [newest, older]);
  assert.deepEqual([anew, kept], [3, 0]);
  const found = text.match(/sealed:[\w.:-]+/g) ?? [];
  assert.deepEqual(found.map(keyOf), ['new', 'new', 'new', 'new']);
  const blank = (each: string): string => each.replace(/sealed:[\w.:-]+/g, '<>');
  assert.equal(blank(text), blank(file));
  const [first = '', second = '', again = '', third = ''] = found;
  assert.equal(second, again);
  assert.deepEqual(unseal(first, 'warehouse.url', [newest]), { value: 'postgres://u:p@h/d' });
  assert.deepEqual(unseal(second, secretPlace, [newest]), { value: 'one' });
  assert.deepEqual(unseal(third, ticketPlace, [newest]), { value: 'two' });
  assert.deepEqual(parseYaml(text, 'x.yaml').problems, []);
});

test('what has the newest key is left as it is', () => {
  const { text } = reseal(file, 'x.yaml', [newest, older]);
  assert.deepEqual(reseal(text, 'x.yaml', [newest]), { text, anew: 0, kept: 3 });
});

test('a file without anything sealed is left as it is', () => {
  const plain = 'sources: { acme: { auth: { app_secret: file:x } } }';
  assert.deepEqual(reseal(plain, 'x.yaml', [newest]), { text: plain, anew: 0, kept: 0 });
});

test('whatever does not open is told at once, and nothing is sealed', () => {
  const broken = file.replace(`url: ${url}`, `url: ${secret}`).replace(ticket, ticket.slice(0, -1));
  assert.throws(
    () => reseal(broken, 'x.yaml', [newest, older]),
    (error) => {
      assert.ok(error instanceof ConfigError);
      assert.deepEqual(
        error.problems.map(({ path }) => path),
        ['warehouse.url', ticketPlace],
      );
      return true;
    },
  );
});

test('a value over several lines, and a file that is no YAML, are told', () => {
  const escaped = `sources: { acme: { auth: { app_secret: "\\x73${secret.slice(1)}" } } }`;
  assert.throws(() => reseal(escaped, 'x.yaml', [newest, older]), /write it on one line/);
  assert.throws(() => reseal('a: "', 'x.yaml', [newest]), /x\.yaml:1/);
});
