// The whole configuration: its type as the program sees it, and the schema of the file behind it.

import { z } from 'zod';
import { evenWithProblems, mapping, report } from './fields.ts';
import { type Notify, notifySchema } from './notify.ts';
import { type Privacy, privacySchema } from './privacy.ts';
import { type Source, sourceSchema } from './source.ts';
import { type Warehouse, warehouseSchema } from './warehouse.ts';

/** What the file says, checked, complete with defaults, and deeply frozen. */
export interface Config {
  readonly warehouse: Warehouse;
  readonly privacy: Privacy;
  /** Absent: nobody is told anything. */
  readonly notify?: Notify | undefined;
  /** At least one; names are unique. */
  readonly sources: readonly Source[];
}

const sourceName = /^[a-z][a-z0-9_-]{0,62}$/;

const sources = z
  .record(z.string().meta({ pattern: sourceName.source }), sourceSchema)
  .superRefine((given, context) => {
    const names = Object.keys(given);
    if (names.length === 0) report(context, [], 'needs at least one source');
    for (const name of names.filter((candidate) => !sourceName.test(candidate))) {
      const message =
        'is not a source name: it begins with a to z, then at most 62 of a to z, 0 to 9, _ and -';
      context.addIssue({ code: 'custom', path: [name], message });
    }
  }, evenWithProblems)
  .transform((given): Source[] =>
    Object.entries(given).map(([name, source]) => ({ name, ...source })),
  )
  .describe('Tenants to replicate, each under a name of its own.');

export const configSchema: z.ZodType<Config> = mapping({
  warehouse: warehouseSchema,
  privacy: privacySchema,
  notify: notifySchema.optional(),
  sources,
}).describe('Configuration of larkhouse.');
