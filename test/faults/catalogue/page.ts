// docs/faults.md: one row a fault, with the tests that prove it and how they ended.

import type { Fault } from '../catalogue.ts';
import { isCaseOf, type Named } from './named.ts';

/** A test that ran. */
export interface Result {
  readonly title: string;
  readonly passed: boolean;
}

const intro = `# Faults

What larkhouse does when something goes wrong, and the tests that prove it. Most of them let the fault happen to the real command line between a simulated tenant and a Postgres, and hold the same against it in the end: after the fault and one clean run the warehouse equals the tenant, row by row; nothing is there or counted twice; no cursor was ever ahead of its rows; nothing that exists is marked deleted; exit code, report and control tables say what happened; and no secret or personal value is printed.

This page is made from a run of these tests: \`node test/run.ts faults | node test/faults/write-catalogue.ts\`. An ellipsis stands for what differs from case to case.
`;

/** The page. Tests that did not run are said to be unproven. */
export function pageOf(
  faults: readonly Fault[],
  tests: readonly Named[],
  results: readonly Result[],
): string {
  const rows = faults.map(({ number, what, larkhouse }) => {
    const proofs = tests.flatMap((test) => proofOf(test, number, results));
    return `| ${number} | ${what} | ${larkhouse} | ${proofs.join('<br>')} |`;
  });
  const head = '|  # | What happens | What larkhouse does | Proof |\n| -: | --- | --- | --- |';
  return `${intro}\n${head}\n${rows.join('\n')}\n`;
}

/** A test that a page names for a fault. */
export interface Proof {
  readonly fault: number;
  readonly name: string;
}

/** The tests that a page names, in its order. */
export function testsIn(page: string): readonly Proof[] {
  return [...page.matchAll(/^\| (\d+) \|(?:[^|]|\\\|)*\|(?:[^|]|\\\|)*\| (.*) \|$/gm)].flatMap(
    ([, fault, proofs = '']) =>
      proofs
        .split('<br>')
        .filter((proof) => proof !== '')
        .map((proof) => ({
          fault: Number(fault),
          name: proof.replace(/^(?:✔|✖|unproven:)(?: \d+×)? /, '').replaceAll('\\|', '|'),
        })),
  );
}

/** The test with how it ended, if it is one of this fault. */
function proofOf(test: Named, number: number, results: readonly Result[]): readonly string[] {
  const cases = results.filter(({ title }) => isCaseOf(test, title, number));
  const name = escaped(test.name);
  if (cases.length === 0) return test.fault === number ? [`unproven: ${name}`] : [];
  const mark = cases.every(({ passed }) => passed) ? '✔' : '✖';
  return [cases.length === 1 ? `${mark} ${name}` : `${mark} ${cases.length}× ${name}`];
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}
