// The Bases to read: each by app token, wiki token or pasted link, narrowed to a table and a view.

import { z } from 'zod';
import { type BaseLink, isLink, readBaseLink } from './base-link.ts';
import { evenWithProblems, mapping, report, text, textLike } from './fields.ts';

/** One Base, or one of its tables, or that table through a view. */
export type BaseEntry = BaseLink;

const id = /^[\w-]+$/;
const link = text('The link of the Base, pasted from the browser.');
const token = (description: string): z.ZodString =>
  text(description).refine((given) => isLink(given) || id.test(given), {
    error: 'must be a token (letters and digits) or the link of the Base',
  });

const entryFields = mapping({
  app_token: token('Token of the Base: the part of its link after /base/.').optional(),
  wiki_token: token('Token of the wiki page that holds the Base: after /wiki/.').optional(),
  url: link.optional(),
  table_id: textLike(id, 'a table id: tbl...', 'Default: all tables of the Base.').optional(),
  view_id: textLike(id, 'a view id: vew...', 'Default: all records of the table.').optional(),
});

type EntryFields = z.output<typeof entryFields>;

const places = ['app_token', 'wiki_token', 'url'] as const;

const entryLink = link.transform((given, context): BaseEntry => {
  const read = readEntry({ url: given });
  if (!('message' in read)) return read;
  context.addIssue(read.message);
  return z.NEVER;
});

const entryMapping = entryFields
  .superRefine((given, context) => {
    const read = readEntry(given);
    if ('message' in read) report(context, read.path, read.message);
  }, evenWithProblems)
  .transform((given, context): BaseEntry => {
    const read = readEntry(given);
    if (!('message' in read)) return read;
    context.addIssue(read.message);
    return z.NEVER;
  });

const entry = z.union([entryLink, entryMapping], {
  error: 'must be a link, or a mapping with app_token, wiki_token or url',
});

interface EntryProblem {
  readonly path: string[];
  readonly message: string;
}

function readEntry(given: EntryFields): BaseEntry | EntryProblem {
  const used = places.filter((place) => given[place] !== undefined);
  const [place] = used;
  if (place === undefined || used.length > 1) {
    return { path: [], message: 'must have exactly one of app_token, wiki_token, url' };
  }
  const where = given[place] ?? '';
  const read: ReturnType<typeof readBaseLink> =
    place === 'url' || isLink(where)
      ? readBaseLink(where)
      : { kind: place === 'wiki_token' ? 'wiki' : 'app', token: where };
  if ('fault' in read) return { path: [place], message: read.fault };
  return narrow(read, given, place);
}

/** What the entry names wins over what its link shows; a view goes with the table it was open in. */
function narrow(read: BaseLink, given: EntryFields, place: string): BaseEntry | EntryProblem {
  const tableId = given.table_id ?? read.tableId;
  const viewId = given.view_id ?? (tableId === read.tableId ? read.viewId : undefined);
  if (viewId !== undefined && tableId === undefined) {
    const path = [given.view_id === undefined ? place : 'view_id'];
    return { path, message: 'needs a table_id: a view belongs to one table' };
  }
  return {
    kind: read.kind,
    token: read.token,
    ...(tableId === undefined ? {} : { tableId }),
    ...(viewId === undefined ? {} : { viewId }),
  };
}

export const baseSchema: z.ZodType<readonly BaseEntry[]> = z
  .array(entry)
  .min(1, { error: 'needs at least one Base' })
  .superRefine((entries, context) => {
    if (!Array.isArray(entries)) return;
    const keys = entries.map((one) => JSON.stringify(one));
    for (const [position, key] of keys.entries()) {
      if (!key.startsWith('{"kind"') || keys.indexOf(key) === position) continue;
      report(context, [position], `names the same records as [${keys.indexOf(key)}]`);
    }
  }, evenWithProblems)
  .describe('Bases to read: links, or mappings.');
