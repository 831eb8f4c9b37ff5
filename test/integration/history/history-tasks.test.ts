import { testHistories } from './histories.ts';

await testHistories('a history of any seed is replicated right with the search for tasks', 'tasks');
