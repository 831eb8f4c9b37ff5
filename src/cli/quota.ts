// How many more calls may be made: in this run, and in this month.

import { QuotaError } from '../errors.ts';
import type { Endpoint } from '../tenant.ts';
import { count } from './words.ts';

/** Counts a call that is about to be made. Throws QuotaError when it must not. */
export type Allow = (endpoint: Endpoint) => void;

/** At most so many calls by everybody who is given this one. */
export function runLimit(calls: number | undefined): Allow {
  let left = calls ?? Number.POSITIVE_INFINITY;
  return () => {
    if (left <= 0) {
      throw new QuotaError(
        `this run has made the ${count(calls ?? 0)} requests that --max-requests allows`,
        {
          hint: 'run it again to go on from what is committed, or allow more',
        },
      );
    }
    left -= 1;
  };
}

/** A source's calls in this month: `used` were made before this run. */
export interface Month {
  readonly source: string;
  readonly monthlyCalls: number;
  readonly used: number;
}

/** Stops before the month's quota is exceeded. Calls that Lark does not count are free. */
export function monthlyLimit({ source, monthlyCalls, used }: Month): Allow {
  let made = used;
  return ({ metered }) => {
    if (!metered) return;
    if (made >= monthlyCalls) {
      throw new QuotaError(
        `${count(made)} calls were made this month, and quota.monthly_calls of source ${source} is ${count(monthlyCalls)}`,
        {
          source,
          hint: 'wait for the 1st of next month (UTC), or raise the quota if the plan of the tenant has more',
        },
      );
    }
    made += 1;
  };
}
