// A report as one page that needs nothing else: no network, no script. Its policy forbids both.

import { createHash } from 'node:crypto';
import type { Overview, SourceState } from '../status/overview.ts';
import { version } from '../version.ts';
import { dateTime, plural } from '../words.ts';
import { callsFigure, limitsTable } from './calls.ts';
import { daysUpTo } from './days.ts';
import { freshness } from './freshness.ts';
import { type Html, html, trusted } from './html.ts';
import { quotaFigure } from './quota.ts';
import type { Records } from './read.ts';
import { rowsFigure } from './rows.ts';
import { style } from './style.ts';
import { tiles } from './tiles.ts';
import { baseChanges, rejects } from './troubles.ts';
import { verdict } from './verdict.ts';
import { warehouseSection } from './warehouse.ts';

/** Allows the page's own style sheet and nothing else. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

export function reportPage(overview: Overview, records: Records): string {
  const { sources, at, schema } = overview;
  const names = sources.map(({ source }) => source).join(', ');
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>larkhouse: ${names}, ${dateTime(at)}</title>
<style>${trusted(style)}</style>
</head>
<body>
<header>
<h1>Replication report</h1>
<p class="facts">${dateTime(at)} · ${plural(sources.length, 'source')}: ${names} · schema ${schema} · larkhouse ${version()}</p>
${verdict(overview)}</header>
<main>
${sources.map((source) => sourceSection(source, records, at))}${warehouseSection(records, overview)}</main>
<footer>Days are days in UTC; the page covers 31 of them. Times of cursors and approvals are the tenant's.</footer>
</body>
</html>
`;
  return page.toString();
}

function sourceSection(state: SourceState, records: Records, at: Date): Html {
  const own = <R extends { readonly source: string }>(rows: readonly R[]): readonly R[] =>
    rows.filter(({ source }) => source === state.source);
  const days = daysUpTo(at);
  const calls = own(records.calls);
  const figures = [
    rowsFigure(days, own(records.rows)),
    callsFigure(days, calls),
    quotaFigure(state, calls, at),
  ].filter((figure) => figure !== null);
  const cards = [
    freshness(state, at),
    limitsTable(calls),
    rejects(own(records.rejects), at),
    baseChanges(own(records.changes), at),
  ].filter((card) => card !== null);
  const [first, ...rest] = cards.map((card) => html`<div class="card">${card}</div>\n`);
  return html`<section aria-labelledby="source-${state.source}">
<h2 id="source-${state.source}">${state.source}</h2>
${tiles(state, at)}${first ?? null}<div class="figures">${figures}</div>
${rest}</section>
`;
}
