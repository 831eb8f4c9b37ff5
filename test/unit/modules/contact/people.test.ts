import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceError } from '../../../../src/errors.ts';
import { peopleOf } from '../../../../src/modules/contact/people.ts';
import type { Range } from '../../../../src/modules/contact/range.ts';
import { departmentsIn } from '../../../../src/modules/contact/range.ts';
import type { ContactSettings } from '../../../../src/modules/contact/settings.ts';
import { type Answer, PlayedLark } from '../played-lark.ts';

const settings: ContactSettings = {
  departmentIds: [],
  departmentIdType: 'open_department_id',
  userIdType: 'open_id',
};
const root: Range = { identity: 'root', departments: ['0'], users: [] };
const departments = Array.from({ length: 60 }, (_, n) => `od-${n}`);

/** Two pages of departments; of each department two pages with two people, one of whom is in the next one, too. */
const company: Answer = (endpoint, { query = {} }) => {
  const isFirst = query['page_token'] === undefined;
  const more = isFirst ? { has_more: true, page_token: 'second' } : { has_more: false };
  if (endpoint === 'contact.departments.children') {
    const share = isFirst ? departments.slice(0, 50) : departments.slice(50);
    return { ...more, items: share.map((open_department_id) => ({ open_department_id })) };
  }
  const department = Number(String(query['department_id']).slice(3));
  if (query['department_id'] === '0') return { has_more: false, items: [] };
  const person = (n: number) => ({
    open_id: `ou_${n}`,
    department_ids: [`od-${n}`, `od-${n + 1}`],
  });
  return { ...more, items: [person(isFirst ? department : department + 1)] };
};

async function idsOf(lark: PlayedLark): Promise<string[]> {
  const ids: string[] = [];
  for await (const people of peopleOf(lark, root, settings)) {
    ids.push(...people.map(({ user }) => String(user['open_id'])));
  }
  return ids;
}

test('many departments are listed at once, and people come in their order, each once', async () => {
  const lark = new PlayedLark(company);
  const ids = await idsOf(lark);
  assert.deepEqual(
    ids,
    Array.from({ length: 61 }, (_, n) => `ou_${n}`),
  );
  assert.deepEqual(ids, await idsOf(new PlayedLark(company, () => 0)));
  assert.ok(lark.most >= 5, `${lark.most} at once`);
  assert.ok(lark.most <= 33, `${lark.most} at once`);
});

test('a department that cannot be listed takes none of those before it along', async () => {
  const lark = new PlayedLark((endpoint, call) => {
    if (call.query?.['department_id'] === 'od-20') throw new SourceError('no');
    return company(endpoint, call);
  });
  const ids: string[] = [];
  const reading = (async () => {
    for await (const people of peopleOf(lark, root, settings)) {
      ids.push(...people.map(({ user }) => String(user['open_id'])));
    }
  })();
  await assert.rejects(reading, SourceError);
  assert.deepEqual(
    ids,
    Array.from({ length: 21 }, (_, n) => `ou_${n}`),
  );
});

test('where a tree is too deep for one listing, a level is listed at once, then the next', async () => {
  const lark = new PlayedLark((_endpoint, { params = {}, query = {} }) => {
    if (query['fetch_child'] === true) throw new SourceError('too many', { code: 43_010 });
    const id = String(params['department_id']);
    const depth = id === '0' ? 0 : id.split('.').length;
    const below = depth === 0 ? 12 : depth === 1 ? 2 : 0;
    const open_department_id = (n: number) => (depth === 0 ? `od-${n}` : `${id}.${n}`);
    return {
      has_more: false,
      items: Array.from({ length: below }, (_, n) => ({
        open_department_id: open_department_id(n),
      })),
    };
  });
  const found: string[] = [];
  for await (const items of departmentsIn(lark, root, settings)) {
    found.push(...items.map((item) => String(item['open_department_id'])));
  }
  const first = departments.slice(0, 12);
  assert.deepEqual(found, [...first, ...first.flatMap((n) => [`${n}.0`, `${n}.1`])]);
  assert.ok(lark.most > 1, `${lark.most} at once`);
});
