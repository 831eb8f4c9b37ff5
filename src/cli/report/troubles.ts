// What a source's records and Bases went through: rejects that wait, and changes of tables and fields.

import type { SchemaChange } from '../../load/schema-history.ts';
import { phrasesIn } from '../notify/phrases.ts';
import { count } from '../words.ts';
import { type Html, html } from './html.ts';
import { moment } from './marks.ts';
import type { RejectGroup } from './read.ts';
import { table } from './table.ts';

/** Null where none waits. */
export function rejects(groups: readonly RejectGroup[], now: Date): Html | null {
  if (groups.length === 0) return null;
  return html`${table(
    'Rejected records that wait, by reason',
    [
      { title: 'Stream', cell: ({ stream }) => stream },
      { title: 'Records', isNumber: true, cell: ({ records }) => count(records) },
      { title: 'Reason', cell: ({ reason }) => reason },
      { title: 'SQLSTATE', cell: ({ sqlstate }) => sqlstate ?? '' },
      { title: 'Oldest', cell: ({ oldest_at: at }) => moment(at, now) },
      { title: 'Newest', cell: ({ newest_at: at }) => moment(at, now) },
    ],
    groups,
  )}
`;
}

/** Null where nothing changed. */
export function baseChanges(changes: readonly SchemaChange[], now: Date): Html | null {
  if (changes.length === 0) return null;
  const { change } = phrasesIn('en-US');
  return html`${table(
    'Changes of Bases: tables and fields that came, went, or got another name or kind',
    [
      { title: 'Base and table', cell: placeOf },
      { title: 'What', cell: change },
      { title: 'Seen', cell: ({ seen_at: at }) => moment(at, now) },
    ],
    changes,
  )}
`;
}

function placeOf(change: SchemaChange): Html {
  const { app_name: base, app_token: token, table_name: name, table_id: id } = change;
  return html`<span class="foreign">${base ?? token} / ${name ?? id}</span>`;
}
