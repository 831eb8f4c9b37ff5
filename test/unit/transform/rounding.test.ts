import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rounded } from '../../../src/transform/rounding.ts';

const cases: readonly (readonly [number: string, decimals: number, result: string])[] = [
  ['121.47123', 2, '121.47'],
  ['121.475', 2, '121.48'],
  ['-121.475', 2, '-121.48'],
  ['121.4', 2, '121.4'],
  ['121', 2, '121'],
  ['121.5', 0, '122'],
  ['-0.5', 0, '-1'],
  ['0.004', 2, '0.00'],
  ['-0.004', 2, '0.00'],
  ['.987', 1, '1.0'],
  ['99.999', 2, '100.00'],
  ['+3.14159', 3, '3.142'],
  ['9007199254740993.126', 2, '9007199254740993.13'],
  ['1.21471e2', 2, '121.47'],
  ['12147123E-5', 2, '121.47'],
  ['5e-30', 3, '0.000'],
  ['7e3', 0, '7e3'],
];

for (const [number, decimals, result] of cases) {
  test(`${number} with ${decimals} decimals is ${result}`, () => {
    assert.equal(rounded(number, decimals), result);
  });
}
