import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordError } from '../../../../src/errors.ts';
import { widgetsOf } from '../../../../src/modules/approval/widgets.ts';

function widgets(form: string) {
  return [...widgetsOf({ instance_code: 'I', form })];
}

function textOf(widget: string): unknown {
  return widgets(`[${widget}]`)[0]?.['value_text'];
}

test('widgets keep their order, and one without a value keeps its place', () => {
  const form =
    '[{"id":"w1","type":"input","value":"x"},{"id":"w2","type":"input"},{"id":"w3","type":"number","value":2}]';
  assert.deepEqual(
    widgets(form).map((widget) => [widget['position'], widget['id'], widget['value']]),
    [
      [0, 'w1', 'x'],
      [1, 'w2', undefined],
      [2, 'w3', 2],
    ],
  );
});

test('an empty text and an empty list stay what they are, and read as nothing', () => {
  const form = '[{"id":"a","type":"input","value":""},{"id":"b","type":"contact","value":[]}]';
  assert.deepEqual(
    widgets(form).map(({ value, value_text }) => [value, value_text]),
    [
      ['', undefined],
      [[], undefined],
    ],
  );
});

test('a detail list gives its own row and one a cell, with its row counted from 0', () => {
  const form =
    '[{"id":"L","type":"fieldList","value":[[{"id":"c1","type":"input","value":"a"},{"id":"c2","type":"number","value":1}],[{"id":"c1","type":"input","value":"b"}]]},{"id":"z","type":"input","value":"end"}]';
  assert.deepEqual(
    widgets(form).map((w) => [w['position'], w['id'], w['parent_field_id'], w['row_index']]),
    [
      [0, 'L', undefined, undefined],
      [1, 'c1', 'L', 0],
      [2, 'c2', 'L', 0],
      [3, 'c1', 'L', 1],
      [4, 'z', undefined, undefined],
    ],
  );
});

const readable: readonly [name: string, widget: string, text: unknown][] = [
  ['a text is itself', '{"type":"textarea","value":"多行\\n文本"}', '多行\n文本'],
  [
    'a number keeps its digits',
    '{"type":"amount","value":9007199254740993.12}',
    '9007199254740993.12',
  ],
  ['choices are joined', '{"type":"checkboxV2","value":["a","b"]}', 'a, b'],
  [
    'the text of an external option goes before its id',
    '{"type":"radioV2","value":"7488","option":{"key":"7488","text":"Paris"}}',
    'Paris',
  ],
  [
    'departments are joined by name',
    '{"type":"department","value":[{"open_id":"od-1","name":"研发"},{"open_id":"od-2"}]}',
    '研发, od-2',
  ],
  [
    'an interval is start and end',
    '{"type":"dateInterval","value":{"start":"2025-01-01T00:00:00+08:00","end":"2025-01-02T00:00:00+08:00","interval":1.0}}',
    '2025-01-01T00:00:00+08:00/2025-01-02T00:00:00+08:00',
  ],
  [
    'a telephone is code and number',
    '{"type":"telephone","value":{"country_code":"+86","national_number":"138"}}',
    '+86 138',
  ],
  [
    'attachments are read by their names',
    '{"type":"attachmentV2","value":["https://x/1"],"ext":"a.pdf"}',
    'a.pdf',
  ],
  [
    'a document is its title',
    '{"type":"document","value":{"token":"d","type":"docx","title":"Plan","url":"https://x"}}',
    'Plan',
  ],
];

for (const [name, widget, text] of readable) test(name, () => assert.equal(textOf(widget), text));

test('number, amount and formula have a number, date widgets a time', () => {
  const form =
    '[{"type":"formula","value":3.5},{"type":"input","value":"3.5"},{"type":"date","value":"2025-01-01T00:00:00+08:00"}]';
  assert.deepEqual(
    widgets(form).map((widget) => [widget['value_number'], widget['value_time']]),
    [
      [3.5, null],
      [null, null],
      [null, '2025-01-01T00:00:00+08:00'],
    ],
  );
});

test('no form has no widgets; what is no list of widgets is a reject', () => {
  assert.deepEqual(widgets(''), []);
  assert.throws(() => widgets('{"not":"a list"}'), RecordError);
  assert.throws(() => widgets('torn ['), RecordError);
});
