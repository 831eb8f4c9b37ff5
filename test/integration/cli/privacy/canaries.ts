// A tenant in whose personal values stand words that nothing else has, and where these words are found.

import assert from 'node:assert/strict';
import { everyStream } from '../../../../src/modules/everything.ts';
import type { PgType, Table } from '../../../../src/stream.ts';
import { printed, streamsIn } from '../json.ts';
import { configuration, type Stage, startStage } from '../stage.ts';

export const canary: RegExp = /canary-\w+|37\.424242|121\.484848|48151623/g;

/** Every canary that is given, in order. */
export const allCanaries: readonly string[] = [
  '121.484848',
  '37.424242',
  '48151623',
  ...'attribute avatar bssid capital cell comment creator creatormail device email enterprise ext location mobile photo punch record ssid timeline title widget'
    .split(' ')
    .map((word) => `canary-${word}`),
];

export const tables: readonly Table[] = everyStream.flatMap((stream) => [...stream.tables]);

export interface PersonalColumn {
  readonly table: string;
  readonly column: string;
  readonly type: PgType;
}

export const personalColumns: readonly PersonalColumn[] = tables.flatMap(({ name, columns }) =>
  Object.entries(columns).flatMap(([column, { personal, type }]) =>
    personal === true ? [{ table: name, column, type }] : [],
  ),
);

export async function startAviary(): Promise<Stage> {
  const stage = await startStage();
  const { has } = stage.company;
  for (const user of has.users) Object.assign(user, ofUsers);
  for (const punch of has.punches) Object.assign(punch, ofPunches);
  for (const instance of has.instances) {
    stage.company.comment(instance, 'canary-comment', Date.now());
    for (const comment of instance.comment_list) Object.assign(comment, { files: [file] });
    for (const entry of instance.timeline) Object.assign(entry, ofTimeline);
    instance.form.push(...widgets);
  }
  for (const record of has.bases.flatMap((base) => base.tables.flatMap((one) => one.records))) {
    const who = { id: record.created_by.id, name: 'canary-creator', email: 'canary-creatormail' };
    Object.assign(record, { created_by: who, last_modified_by: who });
    Object.assign(record.fields, { 标题: [{ type: 'text', text: 'canary-record' }] });
  }
  return stage;
}

const ofUsers = {
  email: 'canary-email@acme.invalid',
  enterprise_email: 'canary-enterprise@acme.invalid',
  mobile: '+86 canary-mobile',
  avatar: { avatar_72: 'https://acme.invalid/canary-avatar' },
  custom_attrs: [{ type: 'TEXT', id: 'C-1', value: { text: 'canary-attribute' } }],
};
const ofPunches = {
  location_name: 'canary-location',
  comment: 'canary-punch',
  ssid: 'canary-ssid',
  bssid: 'canary-bssid',
  device_id: 'canary-device',
  photo_urls: ['https://acme.invalid/canary-photo'],
  longitude: 121.484848,
  latitude: 37.424242,
};
const ofTimeline = { comment: 'canary-timeline', ext: '{"note":"canary-ext"}' };
const file = { token: 'file', file_size: 1, title: 'canary-title', type: 'image' } as const;
const cell = { id: 'w5', name: 'Cell', type: 'input', value: 'canary-cell' };
const widgets = [
  { id: 'w2', name: 'Why', type: 'textarea', value: 'canary-widget' },
  {
    id: 'w3',
    name: 'Amount',
    type: 'amount',
    value: 48151623,
    ext: { capitalValue: 'canary-capital' },
  },
  { id: 'w4', name: 'Rows', type: 'fieldList', value: [[cell]] },
];

/** The canaries in any text of any table, but for what Postgres itself keeps; in order. */
export async function canariesIn(stage: Stage): Promise<string[]> {
  const names = await stage.rows<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema')`,
  );
  const found = new Set<string>();
  for (const { name } of names) {
    for (const { text } of await stage.rows<{ text: string }>(
      `select t::text as text from ${name} t`,
    )) {
      for (const [word] of text.matchAll(canary)) found.add(word);
    }
  }
  return [...found].sort();
}

export const hashKey = 'a key of hashes that is long enough';
export const env: Readonly<Record<string, string>> = { LARKHOUSE_HASH_KEY: hashKey };

/** The configuration with these columns treated, as `table.column: treatment`. */
export function treating(stage: Stage, columns: readonly string[]): Promise<void> {
  const own = configuration(stage.company, stage.tenant.url);
  const lines = columns.map((column) => `    ${column}\n`);
  return stage.configure(
    `${own}privacy:\n  hash_key: \${LARKHOUSE_HASH_KEY}\n  columns:\n${lines.join('')}`,
  );
}

/** The same with every personal column treated. */
export function treatingAll(stage: Stage, treat: (type: PgType) => string): Promise<void> {
  return treating(
    stage,
    personalColumns.map(({ table, column, type }) => `${table}.${column}: ${treat(type)}`),
  );
}

export interface Synced {
  readonly code: number | null;
  readonly streams: ReturnType<typeof streamsIn>;
}

/** Nothing of what is personal is printed. */
export async function sync(stage: Stage, ...args: readonly string[]): Promise<Synced> {
  const { code, stdout, stderr } = await stage.run(['sync', '--json', ...args], env);
  assert.doesNotMatch(`${stdout}${stderr}`, canary);
  return { code, streams: streamsIn(printed(stdout)) };
}
