// The link of a Base as copied from the browser: which Base, and the table and view that were open.

export interface BaseLink {
  /** `wiki`: the token is of a wiki node, whose Base must be looked up. */
  readonly kind: 'app' | 'wiki';
  readonly token: string;
  readonly tableId?: string;
  readonly viewId?: string;
}

/** The link's parts, or why it cannot be used. */
export function readBaseLink(text: string): BaseLink | { readonly fault: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const [, place, token] = /^\/(base|wiki)\/([A-Za-z0-9]+)\/?$/.exec(url?.pathname ?? '') ?? [];
  if (url === undefined || !/^https?:$/.test(url.protocol) || token === undefined) {
    return { fault: 'must be the link of a Base: https://.../base/... or https://.../wiki/...' };
  }
  const table = url.searchParams.get('table');
  const view = url.searchParams.get('view');
  if (table !== null && !table.startsWith('tbl')) {
    return {
      fault: 'leads to no table: open the table (not a dashboard or form) and copy that link',
    };
  }
  return {
    kind: place === 'wiki' ? 'wiki' : 'app',
    token,
    ...(table === null ? {} : { tableId: table }),
    ...(view === null ? {} : { viewId: view }),
  };
}

/** True for a text that is a link rather than a token. */
export function isLink(text: string): boolean {
  return /^https?:\/\//i.test(text);
}
