import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decoded } from '../../../../src/extract/decode.ts';
import { isObject, type JsonObject, parseJson, stringifyJson } from '../../../../src/json.ts';
import { getInstance } from '../../../../src/modules/approval/endpoints.ts';
import { instances } from '../../../../src/modules/approval/instances.ts';
import * as tables from '../../../../src/modules/approval/tables.ts';
import { hashOf, typesOf, valuesOf } from '../../../../src/row.ts';
import { bytesOf } from '../../../../src/slice.ts';
import type { PgValue, RecordRows } from '../../../../src/stream.ts';
import { rowsOf } from '../../../../src/transform/rows.ts';
import { newToll } from '../../../../src/transform/toll.ts';
import { PlayedLark, planWith } from '../played-lark.ts';

const stream = instances({ approvalCodes: ['A'], lookbackDays: 30, locale: 'zh-CN' });
const now = Date.UTC(2026, 0, 31);

async function dataOf(body: string): Promise<JsonObject> {
  const { whole = false } = getInstance;
  const step = await decoded(Buffer.from(body), { list: '', whole }).next();
  assert.ok(step.done === true && isObject(step.value) && isObject(step.value['data']));
  return step.value['data'];
}

/** The rows of an instance `I` whose detail is answered with this data. */
async function rows(data: string, toll = newToll()): Promise<RecordRows> {
  const detail = await dataOf(`{"code":0,"data":${data},"msg":""}`);
  const lark = new PlayedLark((endpoint) =>
    endpoint === getInstance.name ? detail : { instance_code_list: ['I'], has_more: false },
  );
  const read = { ...planWith(lark), full: true, partition: { key: 'A' }, from: undefined };
  assert.ok(stream.past);
  for await (const { records } of stream.past(read, { from: now - 1, to: now })) {
    for (const record of records) return rowsOf(stream, record, toll);
  }
  return assert.fail('no record was given');
}

async function payloadOf(data: string, toll = newToll()): Promise<PgValue | undefined> {
  const [row] = (await rows(data, toll)).rows[1] ?? [];
  return row === undefined ? undefined : valuesOf(typesOf(tables.payloads), row)[2];
}

const codes = '"instance_code":"I","approval_code":"A"';

test('a payload is what Lark sent, byte for byte', async () => {
  for (const data of [
    `{ "status":"张三\\u0026\\/", ${codes}, "big": 1.50 }`,
    `{"form":"[{\\"value\\":\\"a\\\\nb\\\\u0026\\"}]",\n\t${codes}}`,
    `{${codes},"text":"\\\\u0000 \\ud83d\\ude00 😀"}`,
  ]) {
    assert.equal(await payloadOf(data), data);
  }
});

test('what Postgres cannot hold is replaced in a payload, and counted', async () => {
  const toll = newToll();
  assert.equal(
    await payloadOf(`{${codes},"a":"\\u0000 \\\\u0000 \\ud800","b":"\\uDC00"}`, toll),
    `{${codes},"a":"\ufffd \\\\u0000 \ufffd","b":"\ufffd"}`,
  );
  assert.equal(toll.replaced, 3);
});

test('a payload has the codes of its instance, also where Lark leaves them out', async () => {
  for (const data of ['{"status":"PENDING"}', '{"approval_code":"A","status":"PENDING"}']) {
    const expected = { instance_code: 'I', approval_code: 'A', status: 'PENDING' };
    const payload = parseJson((await payloadOf(data)) ?? '');
    assert.equal(stringifyJson(payload), stringifyJson(expected));
    const [instance] = (await rows(data)).rows[0] ?? [];
    assert.ok(instance);
    assert.deepEqual(valuesOf(typesOf(tables.instances), instance).slice(0, 2), ['I', 'A']);
  }
});

test('of two payloads only another URL of a file is no change', async () => {
  const hash = async (url: string, note: string, title = 'a.pdf'): Promise<string> => {
    const form = JSON.stringify([{ type: 'image', value: [url] }, { value: note }]);
    const comment_list = [{ id: '1', files: [{ url, title }] }];
    const data = { instance_code: 'I', approval_code: 'A', form, comment_list };
    const [row] = (await rows(JSON.stringify(data))).rows[1] ?? [];
    return row === undefined ? '' : bytesOf(hashOf(row)).toString('hex');
  };
  const [one, other] = ['https://x/1', 'https://x/2'];
  assert.equal(await hash(one, 'a'), await hash(other, 'a'));
  assert.notEqual(await hash(one, 'a'), await hash(one, 'b'));
  assert.notEqual(await hash(one, 'a'), await hash(one, 'a', 'b.pdf'));
  assert.notEqual(await hash(one, one), await hash(other, other));
  assert.notEqual(await hash(one, `see ${one}`), await hash(other, `see ${other}`));
});
