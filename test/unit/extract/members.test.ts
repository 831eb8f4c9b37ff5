import assert from 'node:assert/strict';
import { test } from 'node:test';
import { membersOf } from '../../../src/extract/members.ts';

const listed = { list: 'items', verbatim: ['fields', 'by'] };

function found(...items: readonly string[]) {
  const text = `{"data":{"items":[${items.join(',')}]},"code":0}`;
  return membersOf(Buffer.from(text), listed);
}

const long = '{"long":"enough to be worth it"}';

test('members are found in their order, white space before them included', () => {
  const members = found(`{"by":${long},"id":"a","fields":\n [${long}]}`, `{"fields":${long}}`);
  assert.deepEqual(
    members.map(({ text }) => text),
    [long, `\n [${long}]`, long],
  );
});

test('the places of all backslashes and control characters in them are known', () => {
  const member = '{"a\\\\":"\\n\\u0041", "b\\"":\t"long enough"}';
  for (const { source, start, end, escapes } of found(
    `{"\\t":1,"fields":\n${member}}`,
    `{"\\n":"\\\\","by":${long}}`,
  )) {
    const expected = [...source.subarray(start, end).entries()]
      .filter(([, code]) => code < 0x20 || code === 0x5c)
      .map(([at]) => start + at);
    assert.deepEqual(escapes, expected);
    assert.equal(escapes.length, start < 40 ? 7 : 0);
  }
});

test('short members, other values and other names are left where they are', () => {
  assert.deepEqual(
    found('{"fields":{}}', '{"by":null}', '{"fields":"{}"}', `{"other":${long}}`),
    [],
  );
});

test('a name with a number leaves all of them where they are', () => {
  assert.deepEqual(found(`{"fields":${long},"by": -7}`), []);
});

test('an escaped quote ends no string, and a bracket in a string no member', () => {
  const member = '{"\\"}":"]}\\\\","long":"enough"}';
  assert.deepEqual(
    found(`{"fields":${member},"id":2}`).map(({ text }) => text),
    [member],
  );
});
