// Runs the trials of a measurement in rounds: each trial once a round, each round beginning with another one,
// so that whatever else the machine does falls on all of them alike.

import type { Measurement, Quantities } from './figure.ts';
import type { Stand } from './stand/stand.ts';

/** Gives the quantities of each round. */
export async function runRounds(
  { name, prepare }: Measurement,
  stand: Stand,
  say: (text: string) => void,
): Promise<readonly Quantities[]> {
  say(`${name}: preparing`);
  const trials = await prepare(stand);
  const rounds: Quantities[] = [];
  for (let round = 0; round < stand.options.rounds; round += 1) {
    let quantities: Quantities = {};
    for (let turn = 0; turn < trials.length; turn += 1) {
      say(`${name}: round ${round + 1} of ${stand.options.rounds}, ${turn + 1}/${trials.length}`);
      const trial = trials[(turn + round) % trials.length];
      quantities = { ...quantities, ...(await trial?.(round)) };
    }
    rounds.push(quantities);
  }
  return rounds;
}
