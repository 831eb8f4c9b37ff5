// The whole configuration: its type as the program sees it, and the schema of the file behind it.

import { z } from 'zod';
import { evenWithProblems, mapping, report, textLike } from './fields.ts';
import { type Source, sourceSchema } from './source.ts';

/** What the file says, checked, complete with defaults, and deeply frozen. */
export interface Config {
  readonly warehouse: Warehouse;
  /** At least one; names are unique. */
  readonly sources: readonly Source[];
}

export interface Warehouse {
  /** postgres://..; absent: the embedded Postgres. */
  readonly url?: string;
  /** Schema of the tables. */
  readonly schema: string;
  /** Schema of the typed views. */
  readonly viewsSchema: string;
}

const identifier = /^(?!pg_)[a-z_][a-z0-9_]{0,62}$/;
const identifierForm =
  'a lower-case name of at most 63 letters, digits and _, not beginning with pg_';
const sourceName = /^[a-z][a-z0-9_-]{0,62}$/;

const warehouseUrl = z
  .string()
  .refine((url) => url === '' || (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)), {
    error: 'must be a URL, postgres://user:password@host/database, special characters as %XX',
  })
  .describe('Where Postgres is, postgres://... Left out or empty: the embedded Postgres.');

const warehouseFields = mapping({
  url: warehouseUrl.optional(),
  schema: textLike(identifier, identifierForm, 'Schema of the tables.').default('lark'),
  views_schema: textLike(identifier, identifierForm, 'Schema of the typed views.').default(
    'lark_views',
  ),
});

const warehouse = warehouseFields
  .nullable()
  .transform((present): Warehouse => {
    const given = present ?? warehouseFields.parse({});
    return {
      ...(given.url === undefined || given.url === '' ? {} : { url: given.url }),
      schema: given.schema,
      viewsSchema: given.views_schema,
    };
  })
  .describe('Where rows go.');

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
  warehouse: warehouse.prefault({}),
  sources,
}).describe('Configuration of larkhouse.');
