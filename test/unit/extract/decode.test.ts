import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { describe, TransientError } from '../../../src/errors.ts';
import { decoded } from '../../../src/extract/decode.ts';
import { isArray, isObject, type Json, parseJson } from '../../../src/json.ts';
import { anyJson, envelope } from './odd-json.ts';

interface Decoded {
  readonly parts: Json[][];
  readonly envelope: Json;
}

async function decode(body: Uint8Array | AsyncIterable<Uint8Array>): Promise<Decoded> {
  const reading = decoded(body, { list: 'items' });
  const parts: Json[][] = [];
  for (;;) {
    const step = await reading.next();
    if (step.done === true) return { parts, envelope: step.value };
    parts.push(step.value);
  }
}

/** The text as pieces cut at these shares of its length, in the middle of characters too. */
async function* pieces(text: string, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  const ends = [...cuts.map((cut) => Math.floor(cut * bytes.length)), bytes.length].sort(
    (a, b) => a - b,
  );
  let from = 0;
  for (const end of ends) {
    yield bytes.subarray(from, end);
    from = end;
  }
}

/** With the parts put back in front of what is left of the list. */
function whole({ parts, envelope }: Decoded): Json {
  if (!isObject(envelope) || !isObject(envelope['data'])) return envelope;
  const left = envelope['data']['items'];
  if (!isArray(left)) return envelope;
  return { ...envelope, data: { ...envelope['data'], items: [...parts.flat(), ...left] } };
}

test('a body in one piece and the same body as a stream give the same, to the last digit', async () => {
  const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(envelope, cuts, async (json, where) => {
      const inOne = await decode(Buffer.from(json));
      const streamed = await decode(pieces(json, where));
      assert.deepEqual(inOne.parts, []);
      assert.deepEqual(inOne.envelope, parseJson(json));
      assert.deepEqual(whole(streamed), inOne.envelope);
      assert.equal(JSON.stringify(whole(streamed)), JSON.stringify(inOne.envelope));
    }),
    { numRuns: 400 },
  );
});

test('any JSON at all gives the same both ways, list or not', async () => {
  await fc.assert(
    fc.asyncProperty(anyJson, async (json) => {
      assert.deepEqual(
        (await decode(pieces(json, [0.5]))).envelope,
        (await decode(Buffer.from(json))).envelope,
      );
    }),
    { numRuns: 300 },
  );
});

function page(length: number): string {
  const items = Array.from({ length }, (_, id) => `{"id":${id}}`);
  return `{"code":0,"data":{"items":[${items.join(',')}],"has_more":true,"page_token":"x"}}`;
}

test('a stream gives its list in parts of 100 and the rest with the envelope', async () => {
  const { parts, envelope: rest } = await decode(pieces(page(203), [0.3, 0.7]));
  assert.deepEqual(
    parts.map((part) => part.length),
    [100, 100],
  );
  assert.deepEqual(parts[1]?.[0], { id: 100 });
  assert.ok(isObject(rest) && isObject(rest['data']) && isArray(rest['data']['items']));
  assert.equal(rest['data']['items'].length, 3);
  assert.equal(rest['data']['has_more'], true);
});

test('parts are given before the body has ended', async () => {
  async function* cut(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(page(150).slice(0, -60));
    throw new TransientError('cut');
  }
  const reading = decoded(cut(), { list: 'items' });
  assert.equal((await reading.next()).done, false);
  await assert.rejects(reading.next(), /cut/);
});

test('the list of a refusal is no list to give', async () => {
  const { parts } = await decode(pieces(page(600).replace('"code":0', '"code":5'), []));
  assert.deepEqual(parts, []);
});

const garbage: readonly (readonly [string, string, RegExp])[] = [
  ['nothing', '', /an empty body/],
  ['blanks', ' \n', /an empty body/],
  ['an HTML page', '\n<html><body>hush</body></html>', /an HTML page/],
  ['words', 'hush hush', /text that is no JSON/],
  ['cut JSON', '{"code":0,"data":{"items":["hush"', /breaks off/],
  ['two values', '{"code":0}{"hush":1}', /JSON that is broken/],
];

async function failureOf(body: Uint8Array | AsyncIterable<Uint8Array>): Promise<TransientError> {
  try {
    await decode(body);
  } catch (error) {
    assert.ok(error instanceof TransientError, String(error));
    assert.ok(!describe(error).includes('hush') && error.cause === undefined);
    return error;
  }
  return assert.fail('was taken for JSON');
}

for (const [name, body, what] of garbage) {
  test(`${name} is said to be what it is, without its text`, async () => {
    assert.match((await failureOf(Buffer.from(body))).message, what);
  });

  test(`${name} as a stream is transient too`, async () => {
    assert.ok(await failureOf(pieces(body, [0.5])));
  });
}

test('a byte order mark is none of the text, both ways', async () => {
  const json = '\ufeff{"code":0}';
  assert.deepEqual((await decode(Buffer.from(json))).envelope, { code: 0 });
  assert.deepEqual((await decode(pieces(json, [0.1]))).envelope, { code: 0 });
});

test('bytes that are no UTF-8 are transient, both ways', async () => {
  const bytes = Buffer.concat([
    Buffer.from('{"code":0,"msg":"'),
    Buffer.of(0xff),
    Buffer.from('"}'),
  ]);
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  await assert.rejects(decode(bytes), /no UTF-8/);
  await assert.rejects(decode(stream()), TransientError);
});

test('a character cut short at the end of a stream is transient', async () => {
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('{"code":0}');
    yield Buffer.of(0xe4, 0xb8);
  }
  await assert.rejects(decode(stream()), TransientError);
});

test('a second data or a second list is refused: the first has been given away', async () => {
  for (const twice of ['{"data":{"items":[1]},"data":{}}', '{"data":{"items":[1],"items":[2]}}']) {
    await assert.rejects(decode(pieces(twice, [])), TransientError);
  }
});
