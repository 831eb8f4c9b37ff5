// Rows that a reading under other conditions did not give: neither seen nor gone, until they are given again.

import type { ClientBase } from 'pg';
import type { Scope } from '../../stream.ts';
import { qualified } from '../identifier.ts';
import type { Claim } from './cursors.ts';
import { keyText } from './keys.ts';
import type { Layout } from './layout.ts';
import { missingRows } from './scope.ts';
import { seenKeys } from './seen.ts';

/** Remembers the missing rows of the scope as out of sight; gives their number. */
export async function hide(
  client: ClientBase,
  root: Layout,
  claim: Claim,
  scope: Scope,
): Promise<number> {
  const { text, values } = missingRows(root, claim, scope);
  const { rowCount } = await client.query(
    `insert into ${table(claim)} (source, stream, record_key, run_id, hidden_at)
select $1, $${values.length}, ${keyText(root)}, $${values.length + 1}, now()
from ${root.target} t where ${text}`,
    [...values, claim.runId],
  );
  return rowCount ?? 0;
}

/** What the reading gave is in sight again. */
export async function reveal(client: ClientBase, claim: Claim): Promise<void> {
  await client.query(
    `delete from ${table(claim)} h using ${seenKeys(claim, '$2', '$3')} k
where h.source = $1 and h.stream = $2 and h.record_key = to_jsonb(k.beginning || k.ending)::text`,
    [claim.source, claim.stream, claim.partition],
  );
}

function table({ schema }: Claim): string {
  return qualified(schema, 'sync_out_of_sight');
}
