// The metrics of larkhouse: what the warehouse knows of each source and stream.

import type { Overview, SourceState, StreamState } from '../status/overview.ts';
import type { LastRun } from '../status/read.ts';
import { version } from '../version.ts';
import type { Family, Sample } from './format.ts';

export function familiesOf({ sources }: Overview): readonly Family[] {
  return [
    {
      name: 'larkhouse_info',
      help: 'The version of larkhouse that wrote this.',
      samples: [{ labels: { version: version() }, value: 1 }],
    },
    ...streamFamilies.map(({ name, help, samples }) => ({
      name: `larkhouse_${name}`,
      help,
      samples: sources.flatMap(({ source, streams }) =>
        streams.flatMap((state) => labelled({ source, stream: state.stream }, samples(state))),
      ),
    })),
    ...sourceFamilies.map(({ name, help, samples }) => ({
      name: `larkhouse_${name}`,
      help,
      samples: sources.flatMap((state) => labelled({ source: state.source }, samples(state))),
    })),
  ];
}

/** One value, several by a further label, or none where there is nothing to say. */
type Values = number | null | readonly Sample[];

interface FamilyOf<State> {
  readonly name: string;
  readonly help: string;
  samples(state: State): Values;
}

const states = ['complete', 'incomplete', 'interrupted'] as const;

const streamFamilies: readonly FamilyOf<StreamState>[] = [
  {
    name: 'last_success_timestamp_seconds',
    help: 'When the newest complete sync of the stream began, in Unix time. 0: none was complete.',
    samples: ({ fresh_at: at }) => secondsOf(at) ?? 0,
  },
  {
    name: 'last_sync_timestamp_seconds',
    help: 'When the newest sync of the stream began, however it ended, in Unix time.',
    samples: ({ last_run: last }) => secondsOf(last?.started_at ?? null),
  },
  {
    name: 'last_sync_status',
    help: '1 for the status with which the newest sync of the stream ended, 0 for the others.',
    samples: ({ last_run: last }) =>
      last === null
        ? null
        : states.map((status) => ({ labels: { status }, value: Number(status === last.status) })),
  },
  ofLast('last_sync_duration_seconds', 'How long the newest sync took.', ({ seconds }) => seconds),
  ofLast('last_sync_records', 'Records that the newest sync read.', ({ records }) => records),
  {
    name: 'last_sync_rows',
    help: 'Rows that the newest sync wrote or found, by what became of them.',
    samples: ({ last_run: last }) =>
      last === null
        ? null
        : (['inserted', 'updated', 'unchanged', 'deleted'] as const).map((kind) => ({
            labels: { kind },
            value: last[kind],
          })),
  },
  ofLast(
    'last_sync_rejected_records',
    'Records of the newest sync that could not become rows.',
    ({ rejected }) => rejected,
  ),
  ofLast('last_sync_requests', 'Calls that the newest sync made.', ({ requests }) => requests),
  ofLast(
    'last_sync_throttled_requests',
    'Calls of the newest sync that Lark refused because of its rate limit.',
    ({ throttled }) => throttled,
  ),
  ofLast(
    'last_sync_retries',
    'Calls of the newest sync that were repeated after a failure.',
    ({ retries }) => retries,
  ),
  {
    name: 'rows',
    help: 'Rows that the warehouse holds of the stream, those marked deleted left out; above a million an estimate.',
    samples: ({ rows }) => rows,
  },
  {
    name: 'rejected_records_waiting',
    help: 'Records that could not become rows and have not been resolved since.',
    samples: ({ open_rejects: open }) => open,
  },
];

const sourceFamilies: readonly FamilyOf<SourceState>[] = [
  {
    name: 'held_deletions',
    help: 'Rows whose deletion is held back as implausible, by stream.',
    samples: ({ held_deletions: held }) =>
      [...Map.groupBy(held, ({ stream }) => stream)].map(([stream, group]) => ({
        labels: { stream },
        value: group.reduce((sum, { rows }) => sum + rows, 0),
      })),
  },
  {
    name: 'followed_approvals',
    help: 'Approval instances that are followed: open ones, and those that the last sync should have read and did not.',
    samples: ({ followed_approvals: followed }) =>
      followed === null
        ? null
        : (['open', 'overdue'] as const).map((state) => ({
            labels: { stream: 'approval.instances', state },
            value: followed[state],
          })),
  },
  {
    name: 'month_calls',
    help: 'Calls of this month (UTC) that count against the quota of the tenant.',
    samples: ({ calls_this_month: calls }) => calls,
  },
  {
    name: 'month_calls_limit',
    help: 'Calls a month that the configuration allows (quota.monthly_calls).',
    samples: ({ monthly_calls: limit }) => limit,
  },
];

function ofLast(
  name: string,
  help: string,
  value: (last: LastRun) => number,
): FamilyOf<StreamState> {
  return { name, help, samples: ({ last_run: last }) => (last === null ? null : value(last)) };
}

function labelled(labels: Sample['labels'], values: Values): readonly Sample[] {
  if (values === null) return [];
  if (typeof values === 'number') return [{ labels, value: values }];
  return values.map((sample) => ({ ...sample, labels: { ...labels, ...sample.labels } }));
}

function secondsOf(at: Date | null): number | null {
  return at === null ? null : at.getTime() / 1000;
}
