#!/usr/bin/env node
// Where the command line begins: what was compiled once is used again by the next command, and little memory is taken.
// It is JavaScript, since Node would have to load its translator of TypeScript for this one file, before there is
// anything to use again.

import module from 'node:module';
import { fileURLToPath } from 'node:url';

// What is older lacks what is used below, and would say so in a stack.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `larkhouse: it needs Node 22.19 or newer, and this is Node ${process.versions.node}. Next: install a newer one; in a checkout, npm run -s larkhouse brings its own.\n`,
  );
  process.exit(2);
}

// Beside the code: whoever can write there could change the code as well.
module.enableCompileCache(
  fileURLToPath(new URL('../../node_modules/.cache/larkhouse', import.meta.url)),
);

const { keepHeapSmall } = await import('./heap.ts');
keepHeapSmall();

await import('./process.ts');
