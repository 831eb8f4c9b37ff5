// The words of messages, in the languages that they are sent in.

import type { SchemaChange } from '../../load/schema-history.ts';

export type Locale = 'en-US' | 'zh-CN';

export interface Phrases {
  /** Of a source, or of larkhouse as a whole. */
  title(event: Title, source: string | null): string;
  /** Records that could not become rows. */
  rejected(count: number): string;
  /** Streams that were not read because of the others. */
  notRead(streams: readonly string[]): string;
  stale(freshAt: string | null): string;
  recovered(since: string | null): string;
  wholeRecovered: string;
  change(change: SchemaChange): string;
  more(count: number): string;
  /** What to do next. */
  next: string;
  run(id: number): string;
}

export type Title = 'failure' | 'recovery' | 'staleness' | 'schema_change';

const english: Phrases = {
  title: (event, source) => {
    const what = source ?? 'larkhouse';
    return {
      failure: source === null ? 'larkhouse could not run' : `${what}: sync failed`,
      recovery: `${what}: works again`,
      staleness: `${what}: data are stale`,
      schema_change: `${what}: Bases changed`,
    }[event];
  },
  rejected: (count) =>
    count === 1 ? '1 record could not become rows' : `${count} records could not become rows`,
  notRead: (streams) => `Not read because of that: ${streams.join(', ')}`,
  stale: (at) => (at === null ? 'has never been complete' : `last complete as of ${at}`),
  recovered: (since) =>
    since === null ? 'is complete again' : `is complete again; the trouble was told at ${since}`,
  wholeRecovered: 'Runs begin again.',
  change: (change) => {
    const { what, name, name_before: before, kind, kind_before: kindBefore } = change;
    const thing = change.field_id === null ? 'table' : 'field';
    const quoted = `"${name ?? ''}"`;
    const retyped = kind === kindBefore ? '' : `, now ${kind ?? ''} (was ${kindBefore ?? ''})`;
    return {
      new: `new ${thing} ${quoted}${kind === null ? '' : ` (${kind})`}`,
      gone: `${thing} ${quoted} is gone`,
      renamed: `${thing} "${before ?? ''}" is now called ${quoted}${retyped}`,
      retyped: `${thing} ${quoted}${retyped}`,
    }[what];
  },
  more: (count) => `and ${count} more`,
  next: 'larkhouse status tells more',
  run: (id) => `run ${id}`,
};

const chinese: Phrases = {
  title: (event, source) => {
    const what = source ?? 'larkhouse';
    return {
      failure: source === null ? 'larkhouse 无法运行' : `${what}：同步失败`,
      recovery: `${what}：已恢复正常`,
      staleness: `${what}：数据已过期`,
      schema_change: `${what}：多维表格结构有变化`,
    }[event];
  },
  rejected: (count) => `${count} 条记录无法写入`,
  notRead: (streams) => `因此未读取：${streams.join('、')}`,
  stale: (at) => (at === null ? '从未完整同步' : `最近一次完整同步：${at}`),
  recovered: (since) => (since === null ? '已恢复完整同步' : `已恢复完整同步（${since} 曾告警）`),
  wholeRecovered: '已可正常运行。',
  change: (change) => {
    const { what, name, name_before: before, kind, kind_before: kindBefore } = change;
    const thing = change.field_id === null ? '数据表' : '字段';
    const quoted = `“${name ?? ''}”`;
    const retyped = kind === kindBefore ? '' : `，类型由 ${kindBefore ?? ''} 变为 ${kind ?? ''}`;
    return {
      new: `新增${thing}${quoted}${kind === null ? '' : `（${kind}）`}`,
      gone: `${thing}${quoted}已删除`,
      renamed: `${thing}“${before ?? ''}”改名为${quoted}${retyped}`,
      retyped: `${thing}${quoted}${retyped}`,
    }[what];
  },
  more: (count) => `另有 ${count} 项`,
  next: '详情请运行 larkhouse status',
  run: (id) => `第 ${id} 次运行`,
};

export function phrasesIn(locale: Locale): Phrases {
  return locale === 'zh-CN' ? chinese : english;
}
