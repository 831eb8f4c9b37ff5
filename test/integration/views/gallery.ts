// A tenant, a warehouse and its views: what analysts see of a company that a test builds by hand.

import type { QueryResultRow } from 'pg';
import type { Field } from '../../../src/demo/company/base.ts';
import { handmadeCompany } from '../../../src/demo/company/handmade.ts';
import { everyStream } from '../../../src/modules/everything.ts';
import type { ModuleSettings } from '../../../src/modules/index.ts';
import { rebuildViews, type ViewOutcome } from '../../../src/views/rebuild.ts';
import { type Engine, startEngine } from '../../engine.ts';

export interface Gallery {
  readonly company: ReturnType<typeof handmadeCompany>;
  readonly engine: Engine;
  /** Syncs the modules whole and brings the views up to date; gives outcomes by view. */
  show(modules: ModuleSettings): Promise<ReadonlyMap<string, ViewOutcome>>;
  rows<Row extends QueryResultRow>(sql: string): Promise<Row[]>;
  /** Types of the columns of a view, by name. */
  types(view: string): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

export async function openGallery(): Promise<Gallery> {
  const company = handmadeCompany();
  const engine = await startEngine({ company });
  const options = {
    tables: everyStream
      .flatMap((stream) => [...stream.tables])
      .filter(({ bookkeeping }) => bookkeeping !== true),
    zones: new Map([['acme', 'Asia/Tokyo']]),
  };
  const schemas = { data: 'lark', views: 'lark_views' };
  return {
    company,
    engine,
    async show(modules) {
      const { all } = await engine.run(modules, { full: true });
      const failed = all.find(({ status }) => status !== 'complete');
      if (failed !== undefined) throw new Error(`${failed.stream}: ${failed.error}`);
      const outcomes = await rebuildViews(engine.pool, schemas, options);
      return new Map(outcomes.map((outcome) => [outcome.view, outcome]));
    },
    rows: (sql) => engine.rows(sql),
    async types(view) {
      const rows = await engine.rows<{ name: string; type: string }>(
        `select a.attname as name, format_type(a.atttypid, null) as type from pg_attribute a
where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
        [`lark_views."${view}"`],
      );
      return Object.fromEntries(rows.map(({ name, type }) => [name, type]));
    },
    close: () => engine.close(),
  };
}

/** A field of a Base table. */
export function field(id: string, name: string, type: number, more: Partial<Field> = {}): Field {
  const plain = { field_id: id, field_name: name, type, ui_type: 'Any', is_hidden: false };
  return { property: null, is_primary: false, ...plain, ...more };
}
