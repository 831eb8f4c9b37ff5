#!/usr/bin/env node
// Where the command line begins: what was compiled once is used again by the next command, and little memory is taken.
// It is JavaScript, since Node would have to load its translator of TypeScript for this one file, before there is
// anything to use again.

import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Beside the code: whoever can write there could change the code as well.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/larkhouse', import.meta.url)));

const { keepHeapSmall } = await import('./heap.ts');
keepHeapSmall();

await import('./process.ts');
