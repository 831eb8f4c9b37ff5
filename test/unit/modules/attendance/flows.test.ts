import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotFoundError, SourceError } from '../../../../src/errors.ts';
import { type JsonObject, objectsOf, stringsOf } from '../../../../src/json.ts';
import { flows } from '../../../../src/modules/attendance/flows.ts';
import type { AttendanceSettings } from '../../../../src/modules/attendance/settings.ts';
import type { Page } from '../../../../src/stream.ts';
import type { Call } from '../../../../src/tenant.ts';
import { type Answer, PlayedLark, planWith } from '../played-lark.ts';

const everybody = {
  needs: [],
  ids: async () => [],
  async *expects() {},
};

/** 200 people, four groups, of seven windows each. */
const userIds = Array.from({ length: 200 }, (_, n) => `u${String(n).padStart(3, '0')}`);
const settings: AttendanceSettings = {
  employeeType: 'employee_id',
  userIds,
  includeTerminatedUsers: false,
  startDate: '2025-06-20',
  lookbackDays: 7,
};
const windows = 7;
const groups = 4;

interface AskedFor {
  readonly ids: readonly string[];
  readonly from: string;
}

function askedFor({ body }: Call): AskedFor {
  const asked = objectsOf([body ?? null])[0] ?? {};
  return { ids: stringsOf(asked['user_ids']), from: String(asked['check_time_from']) };
}

/** One punch for each call, of the first person, at the beginning of the window. */
const punch: Answer = (_endpoint, call) => {
  const { ids, from } = askedFor(call);
  return { user_flow_results: [{ record_id: `${ids[0]} ${from}`, check_time: from }] };
};

async function read(lark: PlayedLark, what: AttendanceSettings = settings): Promise<Page[]> {
  const given: Page[] = [];
  const partition = { key: 'employee_id' };
  const stream = flows(what, everybody);
  for await (const page of stream.pages({ ...planWith(lark), partition, from: undefined })) {
    given.push(page);
  }
  return given;
}

function idsOf(pages: readonly Page[]): string[] {
  return pages.flatMap(({ records }) =>
    records.flatMap(({ flow }) => objectsOf([flow ?? null]).map((one) => String(one['record_id']))),
  );
}

function peopleOf(pages: readonly Page[]): JsonObject[] {
  return pages.flatMap(({ records }) =>
    records.flatMap(({ person }) => objectsOf([person ?? null])),
  );
}

test('many calls are under way at once, and pages come as if it were one after the other', async () => {
  const quick = new PlayedLark(punch, () => 0);
  const expected = await read(quick);
  const uneven = new PlayedLark(punch);
  assert.deepEqual(await read(uneven), expected);
  assert.equal(idsOf(expected).length, groups * windows);
  assert.equal(uneven.asked.length, groups * windows);
  assert.ok(uneven.most > 8, `${uneven.most} at once`);
  assert.ok(uneven.most <= 33, `${uneven.most} at once`);
});

test('a group is covered, and its people are remembered, after all of its windows', async () => {
  const pages = await read(new PlayedLark(punch));
  for (const [place, { covers }] of pages.entries()) {
    if (covers === undefined) continue;
    const ids = stringsOf([...Object.values(covers['user_id'] ?? [])]);
    const before = idsOf(pages.slice(0, place)).filter((id) =>
      ids.includes(id.split(' ')[0] ?? ''),
    );
    assert.equal(before.length, windows);
    assert.deepEqual(
      peopleOf(pages.slice(place + 1))
        .slice(0, 50)
        .map(({ user_id }) => user_id),
      ids,
    );
  }
  assert.equal(pages.filter(({ covers }) => covers !== undefined).length, groups);
});

test('a call that fails loses nothing of what was asked before it', async () => {
  const whole = idsOf(await read(new PlayedLark(punch)));
  const lost = whole[12] ?? '';
  const lark = new PlayedLark((endpoint, call) => {
    const { ids, from } = askedFor(call);
    if (lost === `${ids[0]} ${from}`) throw new SourceError('no');
    return punch(endpoint, call);
  });
  const given: Page[] = [];
  const partition = { key: 'employee_id' };
  const reading = (async () => {
    const read = { ...planWith(lark), partition, from: undefined };
    for await (const page of flows(settings, everybody).pages(read)) given.push(page);
  })();
  await assert.rejects(reading, SourceError);
  assert.deepEqual(idsOf(given), whole.slice(0, 12));
});

test('who is unknown is found in the first window of a group, and not asked for in the others', async () => {
  const lark = new PlayedLark((endpoint, call) => {
    if (askedFor(call).ids.includes('u123')) throw new NotFoundError('unknown');
    return punch(endpoint, call);
  });
  const given: Page[] = [];
  const reading = (async () => {
    const read = { ...planWith(lark), partition: { key: 'employee_id' }, from: undefined };
    for await (const page of flows(settings, everybody).pages(read)) given.push(page);
  })();
  await assert.rejects(reading, /does not know 1 of the employee_ids.*: u123/);
  const refused = lark.asked.filter(({ call }) => askedFor(call).ids.includes('u123'));
  // 50, 25, 13, 7, 4, 2 and 1 of them.
  assert.ok(refused.length <= 7, `${refused.length} calls with the unknown id`);
  assert.equal(new Set(refused.map(({ call }) => askedFor(call).from)).size, 1);
  const covered = given.flatMap(({ covers }) =>
    stringsOf([...Object.values(covers?.['user_id'] ?? [])]),
  );
  assert.deepEqual(
    covered.sort(),
    userIds.filter((id) => id !== 'u123'),
  );
  const unknown = peopleOf(given).filter(({ unknown_since }) => unknown_since !== 0);
  assert.deepEqual(
    unknown.map(({ user_id, read_to }) => [user_id, read_to]),
    [['u123', 0]],
  );
});
