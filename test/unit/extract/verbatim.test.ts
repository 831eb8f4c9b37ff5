import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAround } from '../../../src/extract/verbatim.ts';
import { asSent, isArray, isObject, type Json, JsonText, parseJson } from '../../../src/json.ts';
import { textOf } from '../../../src/slice.ts';
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

const none = { list: 'items', verbatim: ['of no item'] };

function result(parse: () => Json): string {
  try {
    return JSON.stringify(parse());
  } catch (error) {
    assert.ok(error instanceof SyntaxError);
    return 'no JSON';
  }
}

test('text with a byte too many, too few or changed gives what parsing it whole gives', () => {
  const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const byte = fc.constantFrom(...'{}[]",:\\ \n\t\v0-1.eatrue');
  fc.assert(
    fc.property(envelope, place, byte, fc.constantFrom(0, 1), (text, share, inserted, removed) => {
      const at = Math.floor(share * text.length);
      for (const other of ['', inserted]) {
        const changed = text.slice(0, at) + other + text.slice(at + removed);
        const parsed = result(() => parseAround(Buffer.from(changed), none));
        const expected = result(() => parseJson(Buffer.from(changed).toString()));
        assert.equal(parsed, expected);
      }
    }),
    { numRuns: 800 },
  );
});

const odd = '{ "a\\"王}" : [1.50, "]", "long enough"] }';

test('objects and lists stay the text that they came as', () => {
  const [first] = itemsOf(around(page(`{"id":1,"fields": ${odd} ,"1":[${odd}]}`)));
  assert.ok(isObject(first));
  assert.equal(first['id'], 1);
  for (const [name, expected] of [
    ['fields', odd],
    ['1', `[${odd}]`],
  ] as const) {
    const member: Json | undefined = first[name];
    assert.ok(member instanceof JsonText);
    assert.equal(member.text, expected);
  }
});

test('numbers and words among those that stay text are what they are', () => {
  const items = ['{"fields":7,"1":-1.50}', '{"fields":null}', '{"fields":"{}"}'];
  assert.equal(JSON.stringify(around(page(...items))), JSON.stringify(parseJson(page(...items))));
});

test('a list that may be another one is not taken for the list of the data', () => {
  const items = `[{"fields":${odd}}]`;
  for (const text of [
    `{"items":${items},"data":{}}`,
    `{"data":{"items":${items}},"data":{"has_more":false}}`,
    `{"data":{"items":${items},"items":[]}}`,
    `{"data":{"items":${items},"it\\u0065ms":0}}`,
    `{"data":{"items":${items}},"d\\u0061ta":{"items":[]}}`,
    `{"data":{"x":{"items":${items}}}}`,
    `{"msg":"items","data":{"items":${items}}}`,
    `{"items":${items}}`,
  ]) {
    assert.deepEqual(around(text), parseJson(text));
  }
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

test('an item knows the bytes that it was read out of', () => {
  const texts = ['{"id":"a","fields":{"x":[1, 2]}}', '{ "id" : "长" }'];
  const [a, b, empty] = itemsOf(around(page(...texts.map((text) => ` ${text} `), '{}')));
  for (const [item, text] of [
    [a, texts[0]],
    [b, texts[1]],
  ] as const) {
    assert.ok(isObject(item) && item[asSent] !== undefined);
    assert.equal(textOf(item[asSent]), text);
    assert.deepEqual({ ...item, more: 1 }[asSent], item[asSent]);
  }
  assert.ok(isObject(empty));
  assert.equal(empty[asSent], undefined);
});

test('of an item only the members asked for are read, and it knows where all are', () => {
  const items = [
    '{"skipped":{"id":"x","q":"}\\"]"},"id":"a","n":-1.50,"s":"\\\\","list":[{}] ,"b":true}',
    '{"n":null , "id" : 1.10}',
    '{"id":{"fields":1}}',
  ];
  const json = parseAround(Buffer.from(page(...items)), { ...listed, only: ['id'] });
  const found = itemsOf(json);
  assert.equal(JSON.stringify(found), '[{"id":"a"},{"id":1.10},{"id":{"fields":1}}]');
  for (const [place, item] of found.entries()) {
    assert.ok(isObject(item) && item[asSent] !== undefined);
    assert.equal(textOf(item[asSent]), items[place]);
  }
});

test('an item that breaks off is broken, whichever members are read', () => {
  for (const item of ['{"id":"a","n":[1}', '{"id":"a","s":"x}', '{"id":"a","n"}']) {
    const parse = () => parseAround(Buffer.from(page(item)), { ...listed, only: ['id'] });
    assert.throws(parse, SyntaxError);
  }
});
