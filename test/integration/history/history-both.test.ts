import { testHistories } from './histories.ts';

await testHistories('a history of any seed is replicated right with both searches', 'both');
