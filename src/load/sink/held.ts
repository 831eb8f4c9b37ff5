// Deletions that were held back as implausible, and come true when the next complete reading agrees.

import type { ClientBase } from 'pg';
import { qualified } from '../identifier.ts';
import type { Claim } from './cursors.ts';

/** Digests of what older runs held back for the partition. */
export async function heldBefore(client: ClientBase, claim: Claim): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ digest: string }>(
    `select encode(digest, 'hex') as digest from ${table(claim)}
where source = $1 and stream = $2 and partition = $3 and run_id < $4`,
    [claim.source, claim.stream, claim.partition, claim.runId],
  );
  return new Set(rows.map(({ digest }) => digest));
}

/** A new complete reading replaces what older ones held back. */
export async function forgetHeld(client: ClientBase, claim: Claim): Promise<void> {
  await client.query(
    `delete from ${table(claim)}
where source = $1 and stream = $2 and partition = $3 and run_id < $4`,
    [claim.source, claim.stream, claim.partition, claim.runId],
  );
}

export async function hold(
  client: ClientBase,
  claim: Claim,
  { missing, digest }: { readonly missing: number; readonly digest: string },
): Promise<void> {
  await client.query(
    `insert into ${table(claim)}
  (source, stream, partition, run_id, digest, candidates, held_at)
values ($1, $2, $3, $4, decode($5, 'hex'), $6, now())
on conflict (source, stream, partition, digest) do update
set run_id = excluded.run_id, held_at = excluded.held_at`,
    [claim.source, claim.stream, claim.partition, claim.runId, digest, missing],
  );
}

function table({ schema }: Claim): string {
  return qualified(schema, 'sync_held_deletions');
}
