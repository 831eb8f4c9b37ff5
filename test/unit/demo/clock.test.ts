import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { demoClock } from '../../../src/demo/clock.ts';
import { dayOf, isWorkday } from '../../../src/demo/company/calendar.ts';

const folder = mkdtempSync(join(tmpdir(), 'larkhouse-clock-'));

describe('demoClock', () => {
  after(() => rmSync(folder, { recursive: true }));

  test('the first start is now, each later one falls on the next working day', () => {
    const file = join(folder, 'below', 'clock.json');
    const first = demoClock(file);
    assert.equal(dayOf(first()), dayOf(Date.now()));
    let day = dayOf(first());
    for (let start = 0; start < 7; start += 1) {
      const next = dayOf(demoClock(file)());
      assert.ok(isWorkday(next));
      assert.ok(next > day && next - day <= 3, 'no working day is left out');
      day = next;
    }
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(file, 'utf8'))), ['days']);
  });

  test('a running clock keeps its day when another demo starts', () => {
    const file = join(folder, 'second.json');
    const running = demoClock(file);
    const day = dayOf(running());
    demoClock(file);
    assert.equal(dayOf(running()), day);
  });
});
