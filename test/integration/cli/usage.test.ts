import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startStage } from './stage.ts';

const stage = await startStage();
after(() => stage.close());

test('an unknown stream is a usage error, with a suggestion and the list', async () => {
  const { code, stdout, stderr } = await stage.run(['sync', 'base.record']);
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /no stream base\.record .*did you mean base\.records\?/);
  assert.match(stderr, /Accepted: .*approval\.instances.*attendance\.flows/);
});

test('an unknown source is a usage error', async () => {
  const { code, stderr } = await stage.run(['sync', '--source', 'acm']);
  assert.equal(code, 2);
  assert.match(stderr, /no source acm: did you mean acme\?/);
});

const mistakes: readonly (readonly [args: readonly string[], message: RegExp])[] = [
  [['synk'], /no command synk: did you mean sync\?/],
  [['sync', '--bogus'], /Unknown argument: bogus\. Next: larkhouse sync --help/],
  [['sync', '--max-requests', 'many'], /--max-requests must be a whole number/],
  [['sync', '--log-level', 'loud'], /log-level/],
  [['migrate', 'sideways'], /sideways/],
  [['demo', '--port', '99999'], /--port must be a number/],
  [['query', '  '], /the statement is empty/],
  [['plan', 'nothing'], /no stream nothing/],
  [['backfill'], /Next: larkhouse backfill --help/],
  [['backfill', 'approval', '--from', '2026-02-01'], /to/],
  [[], /larkhouse sync \[stream\.\.\]/],
];

for (const [args, message] of mistakes) {
  test(`"larkhouse ${args.join(' ')}" is refused with exit code 2`, async () => {
    const { code, stdout, stderr } = await stage.run(args);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, message);
  });
}

test('every problem of a configuration is told at once, before anything is done', async () => {
  await stage.configure('sources: { Acme: { platform: larch, moduls: {} } }');
  const { code, stdout, stderr } = await stage.run(['sync', '--json']);
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /Acme/);
  assert.match(stderr, /platform/);
  assert.match(stderr, /moduls.*did you mean modules\?/);
  assert.equal(stage.tenant.requests.total, 0);
});
