// JSON texts as no server should write them, but may.

import fc from 'fast-check';

const oddNumbers = [
  '12345678901234567890',
  '9007199254740993.12',
  '1.50',
  '1e400',
  '-1E-400',
  '-0',
  '0',
  '-0.0',
  '9007199254740993',
  '1.0',
  '100e2',
  '0.1',
];
const oddStrings = [
  '"\\ud800"',
  '"\\uDE00x"',
  '"\\u0000"',
  '"\\/\\b\\"\\\\"',
  '"😀"',
  '"\\ud83d\\ude00"',
  '""',
];
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((one) => JSON.stringify(one)),
  fc.string({ unit: 'binary', minLength: 250, maxLength: 600 }).map((one) => JSON.stringify(one)),
  fc.constantFrom(...oddStrings),
);
const blank = fc.constantFrom('', ' ', '\n\t', '\r');
const key = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('__proto__', 'constructor', 'items', 'data', '1', 'code', 'fields'),
);

/** JSON texts, as values of an object under distinct keys. */
function members(value: fc.Arbitrary<string>): fc.Arbitrary<[string, string][]> {
  return fc.uniqueArray(fc.tuple(key, value), { maxLength: 5, selector: ([name]) => name });
}

function objectText(entries: readonly (readonly [string, string])[], space: string): string {
  const inside = entries.map(([name, value]) => `${JSON.stringify(name)}${space}:${space}${value}`);
  return `{${space}${inside.join(`${space},`)}${space}}`;
}

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('null', 'true', 'false', ...oddNumbers),
    fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger()).map(String),
    text,
    fc.tuple(members(tie('value')), blank).map(([entries, space]) => objectText(entries, space)),
    fc
      .tuple(fc.array(tie('value'), { maxLength: 5 }), blank)
      .map(([all, space]) => `[${all.join(`${space},${space}`)}]`),
  ),
}));

/** Any JSON at all. */
export const anyJson: fc.Arbitrary<string> = value;

/** Envelopes with a list `data.items`, whose items may be anything. */
export const envelope: fc.Arbitrary<string> = fc
  .record({
    items: fc.array(value, { maxLength: 20 }),
    repeat: fc.constantFrom(1, 1, 1, 60),
    inData: members(value),
    around: members(value),
    listFirst: fc.boolean(),
    code: fc.constantFrom('0', '0', '0', '1254290'),
    codeFirst: fc.boolean(),
    space: blank,
  })
  .map(({ items, repeat, inData, around, listFirst, code, codeFirst, space }) => {
    const list = [
      'items',
      `[${Array.from({ length: repeat }, () => items)
        .flat()
        .join(',')}]`,
    ] as const;
    const rest = inData.filter(([name]) => name !== 'items');
    const data = objectText(listFirst ? [list, ...rest] : [...rest, list], space);
    const outer = around.filter(([name]) => name !== 'data' && name !== 'code');
    const both = [['data', data] as const, ...outer];
    return (
      space +
      objectText(codeFirst ? [['code', code], ...both] : [...both, ['code', code]], space) +
      space
    );
  });
