// Writes docs/faults.md from what a run of the tests printed: node test/run.ts faults | node test/faults/write-catalogue.ts

import { mkdir, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { namedTests } from './catalogue/named.ts';
import { pageOf, type Result } from './catalogue/page.ts';
import { catalogue } from './catalogue.ts';

const root = new URL('../../', import.meta.url);
const printed = await text(process.stdin);
process.stdout.write(printed);
const results = resultsIn(printed);
const tests = await namedTests(root);
await mkdir(new URL('docs/', root), { recursive: true });
await writeFile(new URL('docs/faults.md', root), pageOf(catalogue, tests, results));
const failed = results.filter(({ passed }) => !passed);
console.log(`docs/faults.md: ${results.length} tests, ${failed.length} of them failed`);
if (results.length === 0 || failed.length > 0) process.exitCode = 1;

/** The reporter lists failures a second time at the end. */
function resultsIn(report: string): readonly Result[] {
  const lines = report.matchAll(/^\s*([✔✖]) (fault \d+: .+) \([\d.]+ms\)$/gm);
  return [...new Map([...lines].map(([, mark, title = '']) => [title, mark === '✔']))].map(
    ([title, passed]) => ({ title, passed }),
  );
}
