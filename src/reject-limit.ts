// When rejected records are more than odd ones among sound ones.

import { RejectsError } from './errors.ts';
import type { Counts } from './sink.ts';

/**
 * Odd records are one in thousands. More than this share says that Lark's answers or our tables have changed,
 * and that reading on would set a stream aside record by record. A few at the beginning say nothing yet.
 */
const tolerated = { share: 0.01, records: 10 };

/** Throws RejectsError when too many of the records read so far were rejected. */
export function requireFewRejects({ records, rejected }: Counts): void {
  if (rejected <= Math.max(tolerated.records, tolerated.share * records)) return;
  throw new RejectsError(
    `${rejected} of ${records} records were rejected, which is too many to read on`,
    {
      hint:
        'see reason in rejected_records; what was read is kept, and once that is put right, the next run ' +
        'goes on from here',
    },
  );
}
