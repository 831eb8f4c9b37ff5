import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseWhole } from '../../../src/extract/whole.ts';
import { asSent, isObject, type JsonObject, parseJson } from '../../../src/json.ts';
import { textOf } from '../../../src/slice.ts';
import { envelope } from './odd-json.ts';

/** Undefined for what is left to others. */
function whole(text: string): JsonObject | undefined {
  try {
    return parseWhole(Buffer.from(text));
  } catch (error) {
    assert.ok(error instanceof SyntaxError);
    return undefined;
  }
}

function dataAsSent(text: string): string | undefined {
  const data = whole(text)?.['data'];
  assert.ok(data === undefined || isObject(data));
  const sent = data?.[asSent];
  return sent === undefined ? undefined : textOf(sent);
}

const data = '{ "a":"}\\"data\\":{" , "b" : [1.50, {"王\\u0000":"\\\\u0000"}]}';

test('data tells its bytes, wherever it stands in the envelope', () => {
  for (const text of [
    `{"code":0,"msg":"success","data":${data}}`,
    `{"code":0,"data":${data},"msg":"success"}\n`,
    ` { "data": ${data} , "code" : 0 } `,
  ]) {
    assert.equal(dataAsSent(text), data);
    assert.equal(JSON.stringify(whole(text)), JSON.stringify(parseJson(text)));
  }
});

test('an envelope that does not plainly show where data is, is left to others', () => {
  for (const text of [
    `{"code":0,"data":${data},"data":{}}`,
    `{"code":0,"data":${data},"data" :0}`,
    `{"code":0,"data":${data},"d\\u0061ta":0}`,
    `{"code":0,"msg":"\\"data\\":","data":${data}}`,
    `{"code":0,"error":{"data":${data}}}`,
    `{"code":0,"data":${data},"error":{}}`,
    `{"code":0,"msg":"\\"data\\":{"}`,
    '{"code":0,"data":[{}]}',
    '{"code":0,"data":{}',
    '{"code":0,"data":null}',
    '{"code":0}',
    '',
  ]) {
    assert.equal(whole(text), undefined, text);
  }
});

test('what is parsed with its bytes is what is parsed without, to the last digit', () => {
  fc.assert(
    fc.property(envelope, fc.constantFrom('', '}', '"', ',', '\\'), (text, more) => {
      const found = whole(text + more);
      if (found === undefined) return;
      assert.equal(JSON.stringify(found), JSON.stringify(parseJson(text + more)));
      const sent = dataAsSent(text) ?? '';
      assert.equal(JSON.stringify(parseJson(sent)), JSON.stringify(found['data']));
    }),
    { numRuns: 1000 },
  );
});
