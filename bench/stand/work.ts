// A process that does one piece of work and tells what it took: larkhouse, or the script that it is compared with.

import { keepHeapSmall } from '../../src/cli/heap.ts';
import type { PeerOrder } from '../peer/script.ts';
import { answerParent } from './child.ts';
import type { SyncOrder } from './sync.ts';

/** What a working process may be asked for. */
export type Work = { readonly sync: SyncOrder } | { readonly peer: PeerOrder };

answerParent(async (work: Work) => {
  if ('sync' in work) {
    keepHeapSmall();
    const { sync } = await import('./sync.ts');
    return sync(work.sync);
  }
  const { peer } = await import('../peer/script.ts');
  return peer(work.peer);
});
