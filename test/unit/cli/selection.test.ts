import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../../../src/cli/outcome.ts';
import { selectSources, selectStreams } from '../../../src/cli/selection.ts';
import { streamsOf } from '../../../src/modules/index.ts';

const contact = {
  departmentIds: [],
  departmentIdType: 'open_department_id',
  userIdType: 'open_id',
} as const;
const acme = {
  source: 'acme',
  streams: streamsOf({ base: [{ kind: 'app', token: 'basc1' }], contact }),
};
const other = { source: 'other', streams: streamsOf({ contact }) };

function chosen(names: readonly string[]): Record<string, string[]> {
  const offers = selectStreams([acme, other], names);
  return Object.fromEntries(
    offers.map(({ source, streams }) => [source, streams.map(({ name }) => name)]),
  );
}

test('without names every stream of every source runs', () => {
  assert.equal(chosen([])['acme']?.length, acme.streams.length);
  assert.equal(chosen([])['other']?.length, other.streams.length);
});

test('a stream brings what it needs, in the order of the catalog, and other sources stay out', () => {
  assert.deepEqual(chosen(['base.records']), { acme: ['base.tables', 'base.records'] });
});

test('a module is all of its streams, in every source that has it', () => {
  assert.deepEqual(chosen(['contact']), {
    acme: ['contact.departments', 'contact.users'],
    other: ['contact.departments', 'contact.users'],
  });
});

test('the order and repetition of names do not matter', () => {
  assert.deepEqual(
    chosen(['contact.users', 'base.tables', 'base.tables']),
    chosen(['base.tables', 'contact.users']),
  );
});

test('a name that no source has is refused with the nearest and the list', () => {
  assert.throws(
    () => chosen(['contact.user']),
    (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(
        error.message,
        /contact\.user .*did you mean contact\.users\?.* Accepted: contact, /,
      );
      return true;
    },
  );
});

test('sources are chosen by name, and unknown ones refused', () => {
  const sources = [{ name: 'acme' }, { name: 'other' }];
  assert.deepEqual(selectSources(sources, ['other']), [{ name: 'other' }]);
  assert.deepEqual(selectSources(sources, []), sources);
  assert.throws(() => selectSources(sources, ['othr']), /did you mean other\?/);
});
