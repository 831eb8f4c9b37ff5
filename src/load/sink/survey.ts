// What a complete reading did not give, before anything is done about it.

import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { Scope } from '../../stream.ts';
import { ident } from '../identifier.ts';
import type { Claim } from './cursors.ts';
import { keyText } from './keys.ts';
import type { Layout } from './layout.ts';
import { areAllGiven, liveRows, missingRows } from './scope.ts';

export interface Survey {
  /** Live rows in the scope. */
  readonly live: number;
  /** Those of them that the reading did not give. */
  readonly missing: number;
  /** The same for the same missing rows, in whatever order. Hex. */
  readonly digest: string;
}

const nothing: Survey = { live: 0, missing: 0, digest: '' };

export async function survey(
  client: ClientBase,
  root: Layout,
  claim: Claim,
  scope: Scope,
): Promise<Survey> {
  if (await isNothingMissing(client, root, claim, scope)) return nothing;
  const all = liveRows(root, claim.source, scope);
  const gone = missingRows(root, claim, scope);
  const key = keyText(root);
  const { rows: found } = await client.query<{ missing: number; sums: string }>(
    `select count(*)::integer as missing,
  concat(sum(hashtextextended(${key}, 0)), ' ', sum(hashtextextended(${key}, 1))) as sums
from ${root.target} t where ${gone.text}`,
    [...gone.values],
  );
  const { missing = 0, sums = '' } = found[0] ?? {};
  if (missing === 0) return nothing;
  const digest = createHash('sha256').update(`${missing} ${sums}`).digest('hex').slice(0, 32);
  const { rows } = await client.query<{ live: number }>(
    `select count(*)::integer as live from ${root.target} t where ${all.text}`,
    [...all.values],
  );
  return { live: rows[0]?.live ?? 0, missing, digest };
}

/** Cheaper than to look for what is missing. False where only that can tell. */
async function isNothingMissing(
  client: ClientBase,
  root: Layout,
  claim: Claim,
  scope: Scope,
): Promise<boolean> {
  const { text, values } = areAllGiven(root, claim, scope);
  const { rows } = await client.query<{ given: boolean | null }>(text, [...values]);
  return rows[0]?.given === true;
}

/** The keys of the missing rows, in the order of the key's columns. */
export async function missingKeys(
  client: ClientBase,
  root: Layout,
  claim: Claim,
  scope: Scope,
): Promise<readonly (readonly string[])[]> {
  const { text, values } = missingRows(root, claim, scope);
  const { rows } = await client.query<string[]>({
    rowMode: 'array',
    text: `select ${texts(root)} from ${root.target} t where ${text} order by ${texts(root)}`,
    values: [...values],
  });
  return rows;
}

function texts({ key }: Layout): string {
  return key.map((name) => `t.${ident(name)}::text`).join(', ');
}
