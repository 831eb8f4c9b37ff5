import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callsOf, costsOf, minutesOf } from '../../../../src/cli/plan/costs.ts';
import { getDefinition, getInstance } from '../../../../src/modules/approval/endpoints.ts';
import { findUsers } from '../../../../src/modules/contact/endpoints.ts';

test('minutes are those of the slowest window at 95 % of its rate', () => {
  const costs = costsOf([
    { endpoint: getDefinition, calls: 190 },
    { endpoint: getInstance, calls: 950 },
  ]);
  assert.deepEqual(costs, [
    { endpoint: 'approval.definitions.get', calls: 190, minutes: 2, metered: true },
    { endpoint: 'approval.instances.get', calls: 950, minutes: 1, metered: true },
  ]);
});

test('endpoints are read side by side: their calls add up, their minutes do not', () => {
  const costs = costsOf([
    { endpoint: getDefinition, calls: 95 },
    { endpoint: findUsers, calls: 950 },
  ]);
  assert.equal(callsOf(costs), 1045);
  assert.equal(minutesOf(costs), 1);
});

test('what several streams and partitions expect of an endpoint is one line', () => {
  const costs = costsOf([
    { endpoint: findUsers, calls: 3 },
    { endpoint: getDefinition, calls: 0 },
    { endpoint: findUsers, calls: 4 },
  ]);
  assert.deepEqual(
    costs.map(({ endpoint, calls, metered }) => [endpoint, calls, metered]),
    [['contact.users.find_by_department', 7, false]],
  );
});

test('without anything to ask for there is no time to take', () => {
  assert.deepEqual([callsOf([]), minutesOf([])], [0, 0]);
});
