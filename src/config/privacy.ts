// What is not to be stored as Lark gives it. Which tables and columns there are is not known here: that the
// names are right is seen by whoever applies them.

import { z } from 'zod';
import { evenWithProblems, mapping, report, text, whole } from './fields.ts';

export interface Privacy {
  /** The key of the hashes; present where a column is hashed. */
  readonly hashKey?: string;
  /** How columns are treated, by `table.column`. */
  readonly columns: Readonly<Record<string, Treatment>>;
}

export type Treatment = 'drop' | 'hash' | { readonly round: number };

const keyLength = 32;

const hashKey = text('')
  .min(keyLength, {
    error: `must have at least ${keyLength} characters: openssl rand -hex 32 makes some`,
  })
  .meta({
    description: 'The key of the hashes, a secret. The same key gives the same hashes.',
    writeOnly: true,
  });

const rounding = mapping({
  round: whole(0, 10, 'Decimals that are kept: two of a longitude are about a kilometre.'),
});

const treatment = z
  .union([rounding, z.enum(['drop', 'hash'])])
  .describe('drop: store nothing. hash: equal values stay equal. { round: 2 }: two decimals.');

const columns = z
  .record(z.string().meta({ pattern: '^[a-z_]+\\.[a-z_]+$' }), treatment)
  .describe('How columns are treated, each by table.column.');

const fields = mapping({
  hash_key: hashKey.optional(),
  columns: columns.optional(),
}).superRefine((given, context) => {
  const hashed = Object.entries(given.columns ?? {}).find(([, each]) => each === 'hash');
  if (hashed === undefined || given.hash_key !== undefined) return;
  report(context, ['hash_key'], `is required, since ${hashed[0]} is hashed`);
}, evenWithProblems);

export const privacySchema: z.ZodType<Privacy, unknown> = fields
  .nullish()
  .transform((present): Privacy => {
    const given = present ?? {};
    return {
      ...(given.hash_key === undefined ? {} : { hashKey: given.hash_key }),
      columns: given.columns ?? {},
    };
  })
  .describe('Columns that are not stored as Lark gives them.');
