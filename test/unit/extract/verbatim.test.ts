import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAround } from '../../../src/extract/verbatim.ts';
import { isArray, isObject, type Json, JsonText, parseJson } from '../../../src/json.ts';
import { envelope } from './odd-json.ts';

const listed = { list: 'items', verbatim: ['fields', '1'] };

function around(text: string): Json {
  return parseAround(Buffer.from(text), listed);
}

function itemsOf(json: Json): readonly Json[] {
  assert.ok(isObject(json) && isObject(json['data']));
  const { items } = json['data'];
  assert.ok(isArray(items));
  return items;
}

function page(...items: readonly string[]): string {
  return `{"code":0,"data":{"items":[${items.join(',')}],"has_more":false}}`;
}

test('what is parsed around its members is what is parsed whole', () => {
  fc.assert(
    fc.property(envelope, (text) => {
      assert.equal(JSON.stringify(around(text)), JSON.stringify(parseJson(text)));
    }),
    { numRuns: 1000 },
  );
});

const odd = '{ "a\\"王}" : [1.50, "]", "long enough"] }';

test('objects and lists stay the text that they came as, unless they are short', () => {
  const text = page(`{"id":1,"fields": ${odd} ,"1":[${odd}]}`, '{"fields":{},"id":2}');
  const [first, second] = itemsOf(around(text));
  assert.ok(isObject(first) && isObject(second));
  assert.equal(first['id'], 1);
  for (const [name, expected] of [
    ['fields', ` ${odd}`],
    ['1', `[${odd}]`],
  ] as const) {
    const member: Json | undefined = first[name];
    assert.ok(member instanceof JsonText);
    assert.equal(member.text, expected);
  }
  assert.deepEqual(second, { fields: {}, id: 2 });
});

test('numbers and short members among those that stay text are what they are', () => {
  const items = ['{"fields":7}', `{"fields":${odd},"1":[0]}`, '{"fields":[12]}', '{"fields":null}'];
  assert.equal(JSON.stringify(around(page(...items))), JSON.stringify(parseJson(page(...items))));
  const [first] = itemsOf(around(page(...items.slice(1))));
  assert.ok(isObject(first) && first['fields'] instanceof JsonText);
  assert.deepEqual(first['1'], [0]);
});

test('other values, other lists and other depths are parsed', () => {
  const text =
    `{"fields":${odd},"data":{"fields":${odd},"others":[{"fields":${odd}}],"items":[` +
    `{"x":{"fields":${odd}},"fields":null},[{"fields":${odd}}],{"fields":"{}","Fields":${odd}}]}}`;
  assert.deepEqual(around(text), parseJson(text));
});

test('a name that comes twice has its last value', () => {
  for (const item of [`{"fields":${odd},"fields":2}`, `{"fields":${odd},"fields":[${odd}]}`]) {
    const text = page(item, `{"fields":[3,${odd}]}`);
    assert.equal(JSON.stringify(around(text)), JSON.stringify(parseJson(text)));
  }
});

test('text that breaks off is no JSON, wherever it does', () => {
  const whole = page(`{"id":"a","fields":${odd},"z":1}`);
  for (let end = 1; end < whole.length; end += 1) {
    assert.throws(() => around(whole.slice(0, end)), SyntaxError);
  }
});
