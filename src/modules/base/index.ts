import type { Stream } from '../../stream.ts';
import { apps } from './apps.ts';
import { fields } from './fields.ts';
import { records } from './records.ts';
import type { BaseEntry } from './settings.ts';
import { tables } from './tables.ts';

export function base(entries: readonly BaseEntry[]): readonly Stream[] {
  return [tables(entries), apps(entries), fields(entries), records(entries)];
}
