// The shares of the Base streams: a Base, and a table of a Base as the warehouse knows it.

import type { Partition, Plan, StreamName } from '../../stream.ts';
import { textIn } from '../cursors.ts';
import { dayMs } from '../dates.ts';
import type { BaseChoice } from './settings.ts';

export const tablesStream: StreamName = 'base.tables';

/** Formulas and lookups change without a revision, so everything is read again after this long. */
export const rereadMs: number = dayMs;

export interface BasePartition extends Partition {
  readonly choice: BaseChoice;
}

export interface TablePartition extends Partition {
  readonly appToken: string;
  readonly tableId: string;
  readonly revision: string;
  readonly isGone: boolean;
  readonly views: readonly string[];
}

/** Reads of one Base wait for one another: Lark computes a Base as one, and parallel reads fail. */
export function basePartitions(choices: readonly BaseChoice[]): readonly BasePartition[] {
  return choices.map((choice) => ({ key: choice.token, exclusive: choice.token, choice }));
}

/** The app token of a Base, as the tables stream found it; undefined before it ever did. */
export async function appTokenOf(plan: Plan, choice: BaseChoice): Promise<string | undefined> {
  if (choice.kind === 'app') return choice.token;
  return textIn(await plan.replica.cursor(tablesStream, choice.token), 'app_token');
}

/** The chosen tables of all Bases with their revisions, tables that are gone included. */
export async function* tablePartitions(
  plan: Plan,
  choices: readonly BaseChoice[],
): AsyncGenerator<TablePartition> {
  for (const choice of choices) {
    const appToken = await appTokenOf(plan, choice);
    if (appToken === undefined) continue;
    const columns = ['table_id', 'revision', 'deleted_at'];
    for await (const row of plan.replica.rows('base_tables', columns, { app_token: appToken })) {
      const tableId = row['table_id'] ?? '';
      if (choice.tables !== undefined && !choice.tables.has(tableId)) continue;
      yield {
        key: `${appToken}/${tableId}`,
        exclusive: choice.token,
        appToken,
        tableId,
        revision: row['revision'] ?? '',
        isGone: row['deleted_at'] !== null,
        views: choice.tables?.get(tableId) ?? [],
      };
    }
  }
}
