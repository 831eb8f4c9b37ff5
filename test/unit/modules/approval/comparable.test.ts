import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparableInstance } from '../../../../src/modules/approval/comparable.ts';

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

const compared = (...given: Parameters<typeof instance>): string =>
  JSON.stringify(comparableInstance(instance(...given)));

test('another URL of the same attachment is no change', () => {
  assert.equal(compared('https://x/1'), compared('https://x/2'));
});

test('another name, or another text, is a change', () => {
  assert.notEqual(compared('https://x/1'), compared('https://x/1', { name: 'b.pdf' }));
  assert.notEqual(compared('https://x/1'), compared('https://x/1', { note: 'https://x/2' }));
});
