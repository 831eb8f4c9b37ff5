// Rejected records: kept once each while they are unresolved, resolved when they load after all.

import type { ClientBase } from 'pg';
import type { Reject } from '../../stream.ts';
import { qualified } from '../identifier.ts';
import type { Claim } from './cursors.ts';

/** A record that is rejected again replaces its earlier rejection; one without a key is known by its payload. */
export async function keepRejects(
  client: ClientBase,
  claim: Claim,
  rejects: readonly Reject[],
): Promise<void> {
  if (rejects.length === 0) return;
  const table = qualified(claim.schema, 'rejected_records');
  const same = (left: string, right: string): string =>
    `${left}.record_key = ${right}.record_key and (${right}.record_key <> '' or ${left}.payload = ${right}.payload)`;
  await client.query(
    `with given as (
  select distinct on (record_key, case when record_key = '' then payload end) *
  from unnest($4::text[], $5::text[], $6::text[], $7::text[]) as g (record_key, payload, reason, sqlstate)
), again as (
  update ${table} r set partition = $3, payload = g.payload, reason = g.reason,
    sqlstate = g.sqlstate, rejected_at = now()
  from given g
  where r.source = $1 and r.stream = $2 and r.resolved_at is null and ${same('r', 'g')}
  returning g.record_key, g.payload
)
insert into ${table} (source, stream, partition, record_key, payload, reason, sqlstate)
select $1, $2, $3, g.* from given g
where not exists (select from again a where ${same('a', 'g')})`,
    [
      claim.source,
      claim.stream,
      claim.partition,
      rejects.map(({ key }) => key),
      rejects.map(({ payload }) => payload.replaceAll('\0', '\ufffd')),
      rejects.map(({ reason }) => reason.replaceAll('\0', '\ufffd')),
      rejects.map(({ sqlstate }) => sqlstate ?? null),
    ],
  );
}

/** Whether the stream has rejections that are not resolved. */
export async function hasRejects(client: ClientBase, claim: Claim): Promise<boolean> {
  const { rows } = await client.query<{ some: boolean }>(
    `select exists (
  select from ${qualified(claim.schema, 'rejected_records')}
  where source = $1 and stream = $2 and resolved_at is null
) as some`,
    [claim.source, claim.stream],
  );
  return rows[0]?.some === true;
}

/** The records with these keys became rows: earlier rejections of theirs are resolved. */
export async function resolveRejects(
  client: ClientBase,
  claim: Claim,
  loaded: readonly string[],
): Promise<void> {
  await client.query(
    `update ${qualified(claim.schema, 'rejected_records')} set resolved_at = now()
where source = $1 and stream = $2 and resolved_at is null and record_key = any($3)`,
    [claim.source, claim.stream, loaded],
  );
}
