// Where rows go: the URL of a Postgres, its password where that stands apart, and the schemas.

import { z } from 'zod';
import { evenWithProblems, mapping, report, textLike } from './fields.ts';
import { tlsFault, withPlainTls } from './warehouse-tls.ts';

export interface Warehouse {
  /** postgres://.., with the password; absent: the embedded Postgres. */
  readonly url?: string;
  /** Schema of the tables. */
  readonly schema: string;
  /** Schema of the typed views. */
  readonly viewsSchema: string;
}

const identifier = /^(?!pg_)[a-z_][a-z0-9_]{0,62}$/;
const identifierForm =
  'a lower-case name of at most 63 letters, digits and _, not beginning with pg_';

const url = z
  .string()
  .superRefine((given, context) => {
    const fault = given === '' ? undefined : urlFault(given);
    if (fault !== undefined) context.addIssue(fault);
  })
  .meta({
    description: 'Where Postgres is, postgres://... Left out or empty: the embedded Postgres.',
    writeOnly: true,
  });

const password = z
  .string()
  .refine((given) => given === given.trim(), { error: 'begins or ends with a blank' })
  .meta({
    description: 'The password as it is, where the url has none. Left out or empty: none.',
    writeOnly: true,
  });

const fields = mapping({
  url: url.optional(),
  password: password.optional(),
  schema: textLike(identifier, identifierForm, 'Schema of the tables.').default('lark'),
  views_schema: textLike(identifier, identifierForm, 'Schema of the typed views.').default(
    'lark_views',
  ),
}).superRefine((given, context) => {
  const message = passwordProblem(given);
  if (message !== undefined) report(context, ['password'], message);
}, evenWithProblems);

export const warehouseSchema: z.ZodType<Warehouse, unknown> = fields
  .nullable()
  .transform((present): Warehouse => {
    const given = present ?? fields.parse({});
    return {
      ...(given.url === undefined || given.url === ''
        ? {}
        : { url: complete(given.url, given.password ?? '') }),
      schema: given.schema,
      viewsSchema: given.views_schema,
    };
  })
  .describe('Where rows go.')
  .prefault({});

function urlFault(given: string): string | undefined {
  if (!/^postgres(ql)?:\/\//.test(given) || !URL.canParse(given)) {
    return 'must be a URL, postgres://user:password@host/database, special characters as %XX';
  }
  return tlsFault(new URL(given));
}

// Runs on faulty input too, so it trusts no field to have its type.
function passwordProblem(given: {
  readonly url?: unknown;
  readonly password?: unknown;
}): string | undefined {
  if (given.password === undefined || given.password === '') return undefined;
  if (given.url === undefined || given.url === '') {
    return 'needs a url: the embedded Postgres has a password of its own';
  }
  if (typeof given.url !== 'string' || !URL.canParse(given.url)) return undefined;
  const { password: within, searchParams } = new URL(given.url);
  const isTwice = within !== '' || searchParams.has('password');
  return isTwice ? 'is given twice: the url holds one, too' : undefined;
}

/** With its password, and with TLS in the words that pg knows. */
function complete(given: string, apart: string): string {
  const plain = withPlainTls(given);
  if (apart === '') return plain;
  const whole = new URL(plain);
  whole.searchParams.set('password', apart);
  return whole.href;
}
