// What each Base needs: the wiki node behind a wiki link, the Base, its tables, fields, records.

import { NotFoundError, PermissionError } from '../../errors.ts';
import { isObject, type JsonObject, objectsOf } from '../../json.ts';
import {
  batchGetRecords,
  getApp,
  listFields,
  listTables,
  searchRecords,
} from '../../modules/base/endpoints.ts';
import { type BaseChoice, type BaseEntry, choicesOf } from '../../modules/base/settings.ts';
import type { Lark } from '../../tenant.ts';
import { baseBehind } from '../wiki-base.ts';
import type { Check, Passed } from './check.ts';

export function baseChecks(lark: Lark, entries: readonly BaseEntry[]): readonly Check[] {
  if (entries.length === 0) return [{ name: getApp.name, run: () => tryAny(lark) }];
  return choicesOf(entries).map((choice) =>
    choice.kind === 'wiki' ? wikiCheck(lark, choice) : appCheck(lark, choice, choice.token),
  );
}

/** Asks for a Base that does not exist: who may read any is told so, or that it is not shared. */
async function tryAny(lark: Lark): Promise<Passed> {
  try {
    await lark.call(getApp, { params: { app_token: 'bascnNoSuchBaseAtAll00000000' } });
  } catch (error) {
    const isUnshared = error instanceof PermissionError && error.scopes.length === 0;
    if (!isUnshared && !(error instanceof NotFoundError)) throw error;
  }
  return {};
}

function wikiCheck(lark: Lark, choice: BaseChoice): Check {
  return {
    name: `wiki page ${choice.token}`,
    run: async () => {
      const token = await baseBehind(lark, choice.token);
      return { detail: `holds Base ${token}`, next: [appCheck(lark, choice, token)] };
    },
  };
}

function appCheck(lark: Lark, choice: BaseChoice, token: string): Check {
  const params = { app_token: token };
  return {
    name: `Base ${token}`,
    run: async () => {
      const { app } = await lark.call(getApp, { params });
      const found = isObject(app) ? app : {};
      const isAdvanced = found['is_advanced'] === true;
      return {
        detail: String(found['name']),
        ...(isAdvanced ? { warning: advanced(String(found['name'])) } : {}),
        next: [tablesCheck(lark, choice, token)],
      };
    },
  };
}

function advanced(name: string): string {
  return `${name} has advanced permissions: the app must be one of its managers, or rows and columns stay hidden without an error.`;
}

function tablesCheck(lark: Lark, choice: BaseChoice, token: string): Check {
  return {
    name: `tables of Base ${token}`,
    run: async () => {
      const tables: JsonObject[] = [];
      for await (const data of lark.pages(listTables, { params: { app_token: token } })) {
        tables.push(...objectsOf(data['items']));
      }
      const ids = tables.map((table) => String(table['table_id']));
      const wanted = choice.tables === undefined ? ids : [...choice.tables.keys()];
      const missing = wanted.filter((id) => !ids.includes(id));
      if (missing.length > 0) {
        throw new NotFoundError(`the Base has no table ${missing.join(', ')}`, {
          hint: `its tables are ${ids.join(', ')}`,
        });
      }
      const next = wanted.map((id) => tableCheck(lark, { app_token: token, table_id: id }, choice));
      return { detail: `${wanted.length} of ${ids.length} tables wanted`, next };
    },
  };
}

interface Table {
  readonly app_token: string;
  readonly table_id: string;
}

function tableCheck(lark: Lark, table: Table, choice: BaseChoice): Check {
  return {
    name: `table ${table.table_id}`,
    run: async () => {
      const call = { params: { ...table }, query: { page_size: 1 } };
      await lark.call(listFields, call);
      const views = choice.tables?.get(table.table_id) ?? [];
      const bodies = views.length === 0 ? [{}] : views.map((view_id) => ({ view_id }));
      let last: JsonObject = {};
      for (const body of bodies) last = await lark.call(searchRecords, { ...call, body });
      return recordsFound(lark, table, last);
    },
  };
}

/** An empty answer is a warning: advanced permissions hide rows without an error. */
async function recordsFound(lark: Lark, table: Table, found: JsonObject): Promise<Passed> {
  const [record] = objectsOf(found['items']);
  if (record === undefined) return { warning: 'is readable and shows no record to the app' };
  const body = { record_ids: [String(record['record_id'])] };
  await lark.call(batchGetRecords, { params: { ...table }, body });
  return { detail: `${String(found['total'] ?? 'some')} records` };
}
