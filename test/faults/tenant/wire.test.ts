// What can happen to an answer on its way: no half of it is ever taken for the whole.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  badGzip,
  cutShort,
  reset,
  resetAfter,
  silence,
  stall,
  trickle,
  truncate,
  wrongLength,
} from '../../../src/demo/fault-wire.ts';
import { streamsIn } from '../../integration/cli/json.ts';
import { startScene } from '../scene.ts';
import { hasty } from './hasty.ts';

const scene = await startScene();
after(() => scene.close());
const { faults } = scene.tenant;

/** Of every stream what it calls first. */
const endpoints = [
  'auth.tenant_access_token.internal',
  'contact.departments.children',
  'contact.users.find_by_department',
  'approval.approvals.get',
  'approval.instances.list',
  'approval.instances.get',
  'approval.instances.query',
  'approval.tasks.search',
  'base.tables.list',
  'base.apps.get',
  'base.fields.list',
  'base.records.search',
  'base.records.batch_get',
  'attendance.user_flows.query',
];

const broken = [
  [5, 'a connection that is reset before an answer', () => reset()],
  [5, 'a connection that is reset in the middle of a body', () => resetAfter(30)],
  [5, 'a connection that ends in the middle of a body', () => truncate(30)],
  [10, 'JSON that breaks off although its length is right', () => cutShort(30)],
  [10, 'a body that is shorter than announced', () => wrongLength(10)],
  [10, 'a body that is longer than announced', () => wrongLength(-10)],
  [10, 'a body that is no gzip although it says so', () => badGzip()],
] as const;

for (const [number, what, fault] of broken) {
  test(`fault ${number}: ${what}, at every endpoint, costs a repetition and no row`, async () => {
    const trial = await scene.trial();
    for (const endpoint of endpoints) faults.next(endpoint, fault());
    const { report } = await trial.run(undefined, { env: hasty() });
    assert.ok(report !== undefined);
    assert.equal(report['status'], 'complete');
    assert.equal(faults.pending, 0);
    // Repetitions of the token's endpoint belong to no stream.
    assert.equal(sumOf(streamsIn(report), 'retries'), endpoints.length - 1);
    await trial.prove();
  });
}

const slow = [
  ['an answer that never begins', { headers: 1500 }, () => silence()],
  ['a body that stalls', { idle: 1500 }, () => stall(30)],
  ['a body that comes too slowly to ever end', { total: 1500 }, () => trickle(1, 100)],
] as const;

for (const [what, timeouts, fault] of slow) {
  test(`fault 9: ${what} is given up and asked for again`, async () => {
    const trial = await scene.trial();
    const asked = [
      'contact.users.find_by_department',
      'approval.instances.get',
      'base.records.search',
      'attendance.user_flows.query',
    ];
    for (const endpoint of asked) faults.next(endpoint, fault());
    const { report } = await trial.run(undefined, { env: hasty(timeouts) });
    assert.ok(report !== undefined);
    assert.equal(report['status'], 'complete');
    assert.equal(faults.pending, 0);
    assert.ok(sumOf(streamsIn(report), 'retries') >= asked.length);
    await trial.prove();
  });
}

function sumOf(streams: ReturnType<typeof streamsIn>, member: string): number {
  return Object.values(streams).reduce((sum, stream) => sum + Number(stream[member]), 0);
}
