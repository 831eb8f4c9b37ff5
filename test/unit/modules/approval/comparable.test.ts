import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { type JsonObject, JsonText } from '../../../../src/json.ts';
import {
  comparableInstance,
  comparableValue,
} from '../../../../src/modules/approval/comparable.ts';

function instance(url: string, { name = 'a.pdf', note = 'x' } = {}) {
  const attachment = { id: 'w', type: 'attachmentV2', ext: name, value: [url] };
  const list = { id: 'l', type: 'fieldList', value: [[{ id: 'i', type: 'image', value: [url] }]] };
  return {
    instance_code: 'I',
    form: JSON.stringify([{ id: 't', type: 'input', value: note }, attachment, list]),
    timeline: [{ type: 'PASS', files: [{ url, title: name, file_size: 3 }] }],
    comment_list: [{ id: '1', files: [{ url, title: name }] }],
  };
}

function textOf(parsed: JsonObject): string | undefined {
  const compared = comparableInstance(parsed);
  return compared instanceof JsonText ? compared.text : compared;
}

const compared = (...given: Parameters<typeof instance>): string | undefined =>
  textOf(instance(...given));

test('another URL of the same attachment is no change', () => {
  assert.notEqual(compared('https://x/1'), undefined);
  assert.equal(compared('https://x/1'), compared('https://x/2'));
});

test('another name, or another text, is a change', () => {
  assert.notEqual(compared('https://x/1'), compared('https://x/1', { name: 'b.pdf' }));
  assert.notEqual(compared('https://x/1'), compared('https://x/1', { note: 'https://x/2' }));
});

test('an instance without attachments and files is compared as it is', () => {
  const form = JSON.stringify([{ id: 't', type: 'input', value: 'an image' }]);
  assert.equal(comparableInstance({ form, timeline: [{ type: 'START', files: [] }] }), undefined);
});

test('an attachment without files is compared as it is', () => {
  const form = JSON.stringify([{ type: 'image' }, { type: 'imageV2', value: [] }]);
  assert.equal(comparableInstance({ form }), undefined);
  assert.equal(comparableValue({ type: 'image', value: [] }), undefined);
});

test('a value without attachments is compared as it is', () => {
  assert.equal(comparableValue({ type: 'contact', value: ['image'] }), undefined);
  assert.equal(comparableValue({ type: 'leaveGroup', value: { type: 'sick' } }), undefined);
});

const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom('https://x/1', 'image', null, 1),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('widget'),
    fc.record({ start: tie('value'), url: tie('value') }, { requiredKeys: [] }),
  ),
  widget: fc.record(
    { type: fc.constantFrom('input', 'image', 'fieldList'), value: tie('value') },
    { requiredKeys: [] },
  ),
}));

/** Another reading of the form, with some of its URLs changed. */
function readAgain(form: string, changes: readonly boolean[]): string {
  let url = 0;
  return form.replaceAll('https://x/1', (same) => (changes[url++] === true ? 'https://x/2' : same));
}

/** The form with the files of its attachments counted. */
function counted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(counted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, counted(member)]);
  const widget: Record<string, unknown> = Object.fromEntries(members);
  const { type, value: files = null } = widget;
  if (type !== 'image' || files === null || isDeepStrictEqual(files, [])) return widget;
  return { ...widget, value: Array.isArray(files) ? files.length : 0 };
}

test('of two readings of a form, only what is no file of an attachment makes a change', () => {
  const formOrReading = (form: string): string => textOf({ form }) ?? JSON.stringify({ form });
  fc.assert(
    fc.property(fc.array(anyValue), fc.array(fc.boolean()), (form, changes) => {
      const one = JSON.stringify(form);
      const other = readAgain(one, changes);
      assert.equal(
        formOrReading(one) === formOrReading(other),
        isDeepStrictEqual(counted(JSON.parse(one)), counted(JSON.parse(other))),
      );
    }),
    { numRuns: 500 },
  );
});
