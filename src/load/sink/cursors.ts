// The cursor of a partition and its fence: only the newest run that opened it may commit.

import type { ClientBase } from 'pg';
import { FencedError } from '../../errors.ts';
import { isObject, parseJson } from '../../json.ts';
import type { Cursor } from '../../stream.ts';
import { qualified } from '../identifier.ts';
import type { Trace } from './transact.ts';

/** One partition as a run writes it. */
export interface Claim {
  readonly schema: string;
  readonly source: string;
  readonly stream: string;
  readonly partition: string;
  readonly runId: number;
}

export interface Claimed {
  readonly checkpoint: Cursor | undefined;
  /** Whether nothing has ever been committed for the partition. */
  readonly fresh: boolean;
}

/** Takes the partition over from older runs. Throws FencedError when a newer one has it. */
export async function claimCursor(client: ClientBase, claim: Claim): Promise<Claimed> {
  const { rows } = await client.query<{ cursor: string | null; fresh: boolean }>(
    `insert into ${qualified(claim.schema, 'sync_cursors')} as c (source, stream, partition, fence)
values ($1, $2, $3, $4)
on conflict (source, stream, partition) do update set fence = excluded.fence
where c.fence <= excluded.fence
returning cursor::text, committed_at is null as fresh`,
    [claim.source, claim.stream, claim.partition, claim.runId],
  );
  const [row] = rows;
  if (row === undefined) throw fenced(claim);
  return { checkpoint: cursorOf(row.cursor), fresh: row.fresh };
}

/** Moves the cursor, or leaves it where it is when there is none to move to. Throws FencedError. */
export async function commitCursor(
  client: ClientBase,
  claim: Claim,
  cursor: Cursor | undefined,
): Promise<void> {
  const { rowCount } = await client.query(
    `update ${qualified(claim.schema, 'sync_cursors')}
set cursor = coalesce($5::jsonb, cursor), committed_at = now()
where source = $1 and stream = $2 and partition = $3 and fence = $4`,
    [
      claim.source,
      claim.stream,
      claim.partition,
      claim.runId,
      cursor === undefined ? null : JSON.stringify(cursor),
    ],
  );
  if (rowCount !== 1) throw fenced(claim);
}

/** What a transaction leaves that ends on `commitCursor`. */
export function traceOf({ schema, source, stream, partition }: Claim): Trace {
  return {
    text: `exists (select from ${qualified(schema, 'sync_cursors')}
where source = $2 and stream = $3 and partition = $4 and xmin = $1::xid8::xid)`,
    values: [source, stream, partition],
  };
}

/** A stored cursor, with every digit of its numbers. */
export function cursorOf(stored: string | null): Cursor | undefined {
  const parsed = stored === null ? undefined : parseJson(stored);
  return isObject(parsed) ? parsed : undefined;
}

function fenced({ source, stream, partition }: Claim): FencedError {
  return new FencedError('a newer run has taken over this partition; nothing more is written', {
    source,
    stream,
    partition,
    hint: 'nothing: the newer run goes on from the last committed cursor',
  });
}
