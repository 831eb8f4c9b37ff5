import assert from 'node:assert/strict';
import { test } from 'node:test';
import { glanceAt } from '../../../src/extract/glance.ts';

function glance(text: string) {
  return glanceAt(Buffer.from(text), 'items');
}

test('what is around the list is told, wherever the list is', () => {
  for (const data of [
    '{"items":[{"a":"]"},{"b":[1]}],"has_more":true,"page_token":"x"}',
    '{"has_more":true,"page_token":"x","items":[[],"[",{}]}',
    '{"has_more":true,"items":[broken \\u0000,"page_token":[]],"page_token":"x"}',
  ]) {
    const { has_more, page_token, items } = glance(`{"code":0,"data":${data}}`) ?? {};
    assert.deepEqual([has_more, page_token, items], [true, 'x', []]);
  }
});

test('what is no success with such a list is not told', () => {
  for (const text of [
    '',
    '<html>',
    '{"code":0,"data":{}}',
    '{"code":0,"data":{"items":[',
    '{"code":0,"data":{"items":[1]',
    '{"code":5,"data":{"items":[]}}',
    '{"data":{"items":[]}}',
    '{"code":0,"items":[]}',
    '{"code":0,"data":{"items":[1],"page_token":"]"}}',
  ]) {
    assert.equal(glance(text), undefined, text);
  }
});
