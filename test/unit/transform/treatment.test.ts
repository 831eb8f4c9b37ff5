import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../src/json.ts';
import { hashOf, toRow, typesOf, valuesOf } from '../../../src/row.ts';
import { bytesOf } from '../../../src/slice.ts';
import type { Batch, Stream, Table } from '../../../src/stream.ts';
import { toBatches } from '../../../src/transform/batches.ts';
import { comparedBy, json, numeric, raw, text } from '../../../src/transform/columns.ts';
import { rowsOf } from '../../../src/transform/rows.ts';
import { newToll } from '../../../src/transform/toll.ts';
import { type Treatments, treated } from '../../../src/transform/treatment.ts';

const people: Table = {
  name: 'people',
  key: ['id'],
  columns: {
    id: text(),
    mobile: text(),
    height: numeric(),
    portrait: comparedBy(json(), () => 'without its URL'),
    payload: raw(json(), 'record'),
  },
};
const stream: Stream = {
  name: 'test.people',
  tables: [people],
  partitions: () => [],
  async *pages() {},
  stored: { tables: [people], async *records() {} },
};
const hash = (value: string): string => `<${value}>`;

function treatedBy(treatments: Treatments): Stream {
  return treated(stream, treatments, hash);
}

function rowOf(of: Stream, record: JsonObject) {
  const [row] = rowsOf(of, record, newToll()).rows[0] ?? [];
  assert.ok(row !== undefined);
  return { values: valuesOf(typesOf(people), row), hash: bytesOf(hashOf(row)) };
}

const person = {
  id: 'a',
  mobile: '+86 138',
  height: 1.755,
  portrait: { z: 1, url: 'u' },
  payload: {},
};

test('a column is dropped, hashed or rounded, and the others stay as they are', () => {
  const treatments: Treatments = {
    'people.mobile': 'hash',
    'people.height': { round: 1 },
    'people.payload': 'drop',
  };
  const { values } = rowOf(treatedBy(treatments), person);
  assert.deepEqual(values, ['a', '<+86 138>', '1.8', '{"url":"u","z":1}', null]);
});

test('the hash of JSON is that of its text with the keys in order, and a JSON text itself', () => {
  const of = treatedBy({ 'people.portrait': 'hash' });
  const text = '"<{\\"url\\":\\"u\\",\\"z\\":1}>"';
  assert.equal(rowOf(of, person).values[3], text);
  assert.equal(rowOf(of, { ...person, portrait: { url: 'u', z: 1 } }).values[3], text);
});

test('what is absent or empty stays so', () => {
  const of = treatedBy({ 'people.mobile': 'hash', 'people.height': { round: 1 } });
  assert.deepEqual(rowOf(of, { id: 'a', mobile: '' }).values, ['a', '', null, null, null]);
  assert.deepEqual(rowOf(of, { id: 'a' }).values, ['a', null, null, null, null]);
});

test('rows are compared by what is stored, so that no hash of a row tells what is not', () => {
  const of = treatedBy({ 'people.mobile': 'drop', 'people.portrait': 'hash' });
  const { hash: found } = rowOf(of, person);
  const compared = ['a', null, '1.755', '"<without its URL>"', '{}'];
  assert.deepEqual(found, bytesOf(hashOf(toRow(typesOf(people), compared))));
});

test('a dropped column that is compared by another form has neither', () => {
  const { values, hash: found } = rowOf(treatedBy({ 'people.portrait': 'drop' }), person);
  assert.equal(values[3], null);
  assert.deepEqual(found, bytesOf(hashOf(toRow(typesOf(people), values))));
});

test('what is rebuilt from the stored payloads is treated alike', () => {
  const [table] = treatedBy({ 'people.mobile': 'drop' }).stored?.tables ?? [];
  assert.equal(table?.columns['mobile']?.read(person, 'mobile'), null);
  assert.equal(table?.columns['payload']?.holds, 'record');
});

test('a stream of which no column is treated is the same', () => {
  assert.equal(treatedBy({ 'others.mobile': 'drop' }), stream);
});

async function rejectedBy(of: Stream): Promise<Batch['rejects']> {
  async function* pages() {
    yield { records: [{ mobile: '+86 138' }], cursor: {} };
  }
  const rejects: Batch['rejects'][number][] = [];
  for await (const batch of toBatches(of, newToll())(pages())) rejects.push(...batch.rejects);
  return rejects;
}

test('a rejected record of a treated stream is kept without its payload', async () => {
  const [reject] = await rejectedBy(treatedBy({ 'people.height': 'drop' }));
  assert.deepEqual(reject, {
    key: '',
    payload: '{"withheld":"privacy"}',
    reason: 'a row of people lacks its key (id)',
  });
  const [kept] = await rejectedBy(stream);
  assert.equal(kept?.payload, '{"mobile":"+86 138"}');
});
