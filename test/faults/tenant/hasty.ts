// Haste for the command line, where a fault would take minutes: shorter timeouts, and repetitions without
// their random pauses. The rest that a rate limit asks for stays as it is. And names that lead where a test
// wants them to.
//
// Tests call `hasty`; the process that they start preloads this file.

import dns, { type LookupAddress } from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { systemClock } from '../../../src/extract/clock.ts';
import { defaultTimeouts, type Timeouts } from '../../../src/extract/settings.ts';

/** What each name resolves to, one time after the other, the last for good: an address or an error's code. */
export type Names = Readonly<Record<string, readonly string[]>>;

const variables = { timeouts: 'LARKHOUSE_TEST_TIMEOUTS', names: 'LARKHOUSE_TEST_NAMES' } as const;

/** Environment of a process in haste; what is not given of the timeouts stays, other names exist. */
export function hasty(
  timeouts: Partial<Timeouts> = {},
  names: Names = {},
): Readonly<Record<string, string>> {
  return {
    NODE_OPTIONS: `--import=${import.meta.url}`,
    [variables.timeouts]: JSON.stringify(timeouts),
    [variables.names]: JSON.stringify(names),
  };
}

const { [variables.timeouts]: timeouts, [variables.names]: names } = process.env;
if (timeouts !== undefined && names !== undefined) {
  Object.assign(defaultTimeouts, JSON.parse(timeouts));
  Object.assign(systemClock, { random: () => 0 });
  resolveBy(JSON.parse(names));
}

type Callback = (error: Error | null, addresses: readonly LookupAddress[]) => void;

function resolveBy(given: Names): void {
  const left = new Map(Object.entries(given).map(([name, answers]) => [name, [...answers]]));
  const { lookup } = dns;
  const resolve = (name: string, options: dns.LookupAllOptions, callback: Callback): void => {
    const answers = left.get(name);
    const answer = (answers ?? []).length > 1 ? answers?.shift() : answers?.[0];
    if (answer === undefined) lookup(name, options, callback);
    else if (/^[A-Z]/.test(answer))
      callback(Object.assign(new Error(answer), { code: answer }), []);
    else callback(null, [{ address: answer, family: answer.includes(':') ? 6 : 4 }]);
  };
  Object.assign(dns, { lookup: resolve });
  syncBuiltinESMExports();
}
