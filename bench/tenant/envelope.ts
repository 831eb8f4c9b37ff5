// Lark's envelope around what the tenant answers, and how its listings page.

/** The pieces of a body that are sent one after the other. */
export type Pieces = Iterable<Buffer | string>;

export interface ItemsOfPage {
  readonly start: number;
  readonly count: number;
  /** What the page says of those after it. */
  readonly more: { readonly has_more: boolean; readonly page_token?: string };
}

/** Page tokens are places in the list. */
export function pageOf(query: URLSearchParams, total: number, mostItems: number): ItemsOfPage {
  const start = Number(query.get('page_token') ?? 0);
  const size = Math.min(mostItems, Number(query.get('page_size') ?? mostItems));
  const count = Math.max(0, Math.min(size, total - start));
  const has_more = start + count < total;
  return {
    start,
    count,
    more: { has_more, ...(has_more ? { page_token: String(start + count) } : {}) },
  };
}

/** A success with this data. */
export function data(value: Readonly<Record<string, unknown>>): Pieces {
  return [JSON.stringify({ code: 0, msg: 'success', data: value })];
}

/** An envelope whose data has the list last, so that the list is not copied again. */
export function* list(
  rest: Readonly<Record<string, unknown>>,
  name: string,
  items: Iterable<Buffer>,
): Generator<Buffer | string> {
  const head = JSON.stringify(rest).slice(1, -1);
  yield `{"code":0,"msg":"success","data":{${head}${head === '' ? '' : ','}"${name}":[`;
  yield* items;
  yield ']}}';
}
