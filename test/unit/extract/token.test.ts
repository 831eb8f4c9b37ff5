import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuthError, TransientError } from '../../../src/errors.ts';
import { type Minted, TokenKeeper } from '../../../src/extract/token.ts';
import { HastyClock } from './hasty-clock.ts';

const minute = 60_000;

interface Mint {
  readonly clock: HastyClock;
  readonly keeper: TokenKeeper;
  readonly minted: string[];
  answer: () => Promise<Minted>;
}

function mint(lifetimeMs = 120 * minute): Mint {
  const clock = new HastyClock();
  const minted: string[] = [];
  const mint: Mint = {
    clock,
    minted,
    keeper: new TokenKeeper(() => mint.answer(), clock),
    answer: async () => {
      minted.push(`t-${minted.length + 1}`);
      return { value: minted.at(-1) ?? '', lifetimeMs };
    },
  };
  return mint;
}

test('a token is asked for once by all who wait for it', async () => {
  const { keeper, minted } = mint();
  const tokens = await Promise.all([keeper.current(), keeper.current(), keeper.current()]);
  assert.deepEqual(
    tokens.map(({ value }) => value),
    ['t-1', 't-1', 't-1'],
  );
  assert.equal(minted.length, 1);
});

test('it is kept while 30 minutes or more remain and renewed after', async () => {
  const { keeper, clock } = mint();
  await keeper.current();
  clock.time += 90 * minute - 1;
  assert.equal((await keeper.current()).value, 't-1');
  clock.time += 1;
  assert.equal((await keeper.current()).value, 't-2');
});

test('a token is fresh from when it comes until it is to be renewed', async () => {
  const { keeper, clock } = mint();
  const fresh = (): string | undefined => keeper.fresh?.value;
  assert.equal(fresh(), undefined);
  await keeper.current();
  assert.equal(fresh(), 't-1');
  clock.time += 90 * minute;
  assert.equal(fresh(), undefined);
});

test('a token of a short life is kept for four fifths of it', async () => {
  const { keeper, clock } = mint(10_000);
  await keeper.current();
  clock.time += 7_999;
  assert.equal((await keeper.current()).value, 't-1');
  clock.time += 1;
  assert.equal((await keeper.current()).value, 't-2');
});

test('the old token keeps working while its renewal fails, until it ends', async () => {
  const it = mint();
  await it.keeper.current();
  let attempts = 0;
  it.answer = async () => {
    attempts += 1;
    throw new TransientError('down');
  };
  it.clock.time += 91 * minute;
  assert.equal((await it.keeper.current()).value, 't-1');
  assert.equal((await it.keeper.current()).value, 't-1');
  assert.equal(attempts, 1);
  it.clock.time += minute;
  assert.equal((await it.keeper.current()).value, 't-1');
  assert.equal(attempts, 2);
  it.clock.time += 29 * minute;
  await assert.rejects(it.keeper.current(), TransientError);
});

test('a refused token is renewed once for all who saw it refused', async () => {
  const { keeper, minted } = mint();
  const first = await keeper.current();
  await Promise.all([keeper.renew(first), keeper.renew(first)]);
  await keeper.renew(first);
  assert.equal(minted.length, 2);
  const second = await keeper.current();
  assert.equal(second.value, 't-2');
  await keeper.renew(second);
  assert.equal(minted.length, 3);
});

test('a failed request for a token is not remembered', async () => {
  const it = mint();
  const { answer } = it;
  it.answer = async () => {
    throw new AuthError('no');
  };
  await assert.rejects(it.keeper.current(), AuthError);
  it.answer = answer;
  assert.equal((await it.keeper.current()).value, 't-1');
});
