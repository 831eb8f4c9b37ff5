// News for tests: a failure, changed part by part.

import type { News, StreamNews } from '../../../../src/cli/notify/news.ts';
import type { SchemaChange } from '../../../../src/load/schema-history.ts';

export const at: Date = new Date('2026-11-22T12:00:00Z');

export function streamNews(stream: string, given: Partial<StreamNews> = {}): StreamNews {
  return {
    stream,
    status: 'incomplete',
    fresh_at: new Date('2026-11-21T08:00:00Z'),
    error: null,
    rejected: 0,
    told_at: null,
    ...given,
  };
}

export function news(given: Partial<News> = {}): News {
  return {
    event: 'failure',
    source: 'acme',
    at,
    run_id: 7,
    error: null,
    streams: [],
    changes: [],
    ...given,
  };
}

export function change(given: Partial<SchemaChange> = {}): SchemaChange {
  return {
    source: 'acme',
    seen_at: at,
    app_token: 'basc1',
    app_name: 'Sales',
    table_id: 'tbl1',
    table_name: 'Orders',
    field_id: 'fld1',
    what: 'renamed',
    name: 'Total',
    name_before: 'Amount',
    kind: 'Number',
    kind_before: 'Number',
    ...given,
  };
}
