/** The way into a Base: its token, the share, the table, the page parameters. */
import type { Base, Table, View } from '../company/base.ts';
import type { Call } from '../endpoint.ts';
import { fieldViolation, Refusal } from '../refusal.ts';

/** A 1254xxx refusal; most Base pages document HTTP 200 for it, batch_get 400. */
export function baseRefusal(code: number, msg: string, status = 200): Refusal {
  return new Refusal(status, code, msg, { data: {} });
}

/** The Base of the path; refuses wiki tokens, unknown tokens and Bases that were not shared. */
export function openBase(call: Call): Base {
  const token = call.path['app_token'] ?? '';
  const base = call.company.base(token, call.now);
  if (!base) {
    if (token.startsWith('wik') || call.company.wikiNode(token, call.now)) {
      throw new Refusal(400, 91402, 'NOTEXIST', { data: {} });
    }
    throw baseRefusal(1254040, 'BaseTokenNotFound');
  }
  const { base_collaborator: may } = call.app;
  if (may !== 'all' && !may.includes(token)) {
    throw new Refusal(403, 91403, 'Forbidden', { data: {} });
  }
  return base;
}

/** The table of the path. */
export function openTable(call: Call, status = 200): Table {
  const id = call.path['table_id'] ?? '';
  const table = openBase(call).tables.find((one) => one.table_id === id);
  if (table) return table;
  if (!id.startsWith('tbl')) throw baseRefusal(1254004, 'WrongTableId', status);
  throw baseRefusal(1254041, 'TableIdNotFound', status);
}

/** A view of a table; undefined when no view was asked for. */
export function openView(table: Table, id: string | undefined): View | undefined {
  if (id === undefined || id === '') return undefined;
  if (!id.startsWith('vew')) throw baseRefusal(1254005, 'WrongViewId');
  const view = table.views.find((one) => one.view_id === id);
  if (!view) throw baseRefusal(1254042, 'ViewIdNotFound');
  return view;
}

/** page_size: default 20, at most `max`. */
export function pageSize(call: Call, max: number): number {
  const text = call.search.get('page_size');
  if (text === null || text === '') return 20;
  if (!/^-?\d{1,9}$/.test(text)) throw fieldViolation('page_size', 'page_size is not an integer');
  const size = Number(text);
  if (size <= 0) throw baseRefusal(1254011, 'page size must be > 0', 400);
  if (size > max) throw fieldViolation('page_size', `the max value is ${max}`, text);
  return size;
}

/** Base's answer to a page token that is none of its own. */
export function badPageToken(): Refusal {
  return baseRefusal(1254002, 'Fail');
}
