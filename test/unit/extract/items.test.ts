import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ItemReader } from '../../../src/extract/items.ts';
import { type Json, JsonText, parseJson } from '../../../src/json.ts';

const long = '{"long":"with a \\"}\\" in it"}';

function read(list: string): { readonly items: readonly Json[] | undefined; readonly at: number } {
  const reader = new ItemReader(Buffer.from(list), 0, {
    verbatim: ['fields', 'by'],
    only: undefined,
  });
  const items = reader.list();
  return { items, at: reader.at };
}

/** The texts of the members that stayed text. */
function textsOf(...items: readonly string[]): string[] {
  return membersOf(...items).map(({ text }) => text);
}

function membersOf(...items: readonly string[]): JsonText[] {
  const found = read(`[${items.join(',')}]`).items ?? assert.fail('is not plain');
  return found
    .flatMap((item) => Object.values(item ?? {}))
    .filter((value) => value instanceof JsonText);
}

test('objects and lists among the named members stay text, without the white space around them', () => {
  assert.deepEqual(textsOf(`{"by":${long},"id":"a","fields":\n [${long}] }`, '{"fields" :[]}'), [
    long,
    `[${long}]`,
    '[]',
  ]);
});

test('other values and members of other names are parsed', () => {
  assert.deepEqual(textsOf('{"by":null}', '{"fields":"{}"}', `{"other":[${long}]}`), []);
});

test('it is known in which of them a character is written by its number', () => {
  const all = membersOf(
    '{"id":"\\u0041","fields":{"a":"\\n"}}',
    '{"fields":{"a\\\\":"\\n\\u0041", "b\\"":\t"long enough"}}',
    '{"by":["\\\\u0041"]}',
    '{"other":["\\u0041"],"by":[]}',
  );
  assert.deepEqual(
    all.map(({ hasNumbered }) => hasNumbered),
    [false, true, false, false],
  );
});

test('the list ends where its bracket closes', () => {
  for (const list of ['[]', ' [ ] ', '[{}]', `[ { } , {"by" : [${long}] , "id":1 } ] `]) {
    assert.equal(read(`${list}],"more":[]`).at, list.trimEnd().length);
  }
});

const plain = [
  '"text"',
  '"王 é"',
  '"\\u00e9"',
  '0',
  '7',
  '-7',
  '123456789012345',
  '1234567890123456',
  '9007199254740993',
  '1.50',
  '1e3',
  '-0',
  'true',
  'null',
  '[1.0, {"a":[]}]',
];

test('values are those of JSON.parse, to the last digit', () => {
  for (const value of plain) {
    const list = `[{"id":${value},"é":${value}},{"Ã©":${value} , "id":\t${value}}]`;
    assert.equal(JSON.stringify(read(list).items), JSON.stringify(parseJson(list)));
  }
});

test('what is no list of plain objects is left to others', () => {
  for (const list of [
    '{}',
    '[1]',
    '[[]]',
    '[{}',
    '[{} {}]',
    '[{},]',
    '[{"a":1,}]',
    '[{"a"}]',
    '[{"\\u0061":1}]',
    '[{"__proto__":1}]',
    '[{a:1}]',
    '[{"a":"b]',
    '[\v{}]',
  ]) {
    assert.equal(read(list).items, undefined, list);
  }
});

test('a value that is no JSON is a SyntaxError', () => {
  for (const value of ['', '01', '1x', '-', '+1', 'nul', '{"a":}', '"\t"', '"\\x"', '1"', '[1']) {
    assert.throws(() => read(`[{"id":${value}}]`), SyntaxError, value);
  }
});
