// How freely V8 takes memory. By itself its young generation alone grows to 100 MB on a machine that has much.

import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

const mb = 1024 * 1024;
/** Both halves of the young generation. What a page of records needs fits in one, and dies there. */
const youngBytes = 16 * mb;
/** The first half has 1 MB. */
const growth = 8;

/**
 * Lets the young generation grow once, to 8 MB a half, and the old one to not more than twice of what lives: a sync
 * then peaks at little more than half (`make bench ARGS="--only memory"`). To be called before anything else is done.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--semi-space-growth-factor=${growth}`);
  outliveYouth();
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=100');
}

/** The young generation grows when much of it outlives a collection: objects are kept until it has. */
function outliveYouth(): void {
  const kept: object[] = [];
  for (let round = 0; round < 100 && youngSize() < youngBytes; round += 1) {
    for (let made = 0; made < 2000; made += 1) kept.push({ round, made });
  }
}

function youngSize(): number {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  return young?.space_size ?? youngBytes;
}
