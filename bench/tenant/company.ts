// What the tenant answers to each endpoint, from what it has.

import { data, list, type Pieces, pageOf } from './envelope.ts';
import { detailOf, detailStamps, InstanceBook, numberOf } from './instances.ts';
import { departmentNumber, departmentsFrom, peopleFrom } from './people.ts';
import type { TenantPlan } from './plan.ts';
import { manyPunches, punchesOf } from './punches.ts';
import { RecordTable } from './records.ts';
import type { Stamp } from './stamp.ts';

/** A request as endpoints see it. */
export interface Ask {
  readonly parts: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: string;
}

const absent = { code: 1_254_040, msg: 'not found' };
const noScope = {
  code: 99_991_672,
  msg: 'Access denied. One of the following scopes is required: [approval:approval.list:readonly]',
};

export class BenchCompany {
  readonly #plan: TenantPlan;
  readonly #tables = new Map<string, RecordTable>();
  readonly #books = new Map<string, InstanceBook>();
  readonly #details: readonly Stamp[];

  private constructor(plan: TenantPlan, details: readonly Stamp[]) {
    this.#plan = plan;
    this.#details = details;
    for (const [app, tables] of Object.entries(plan.bases ?? {})) {
      for (const [table, records] of Object.entries(tables)) {
        this.#tables.set(`${app}/${table}`, new RecordTable(records));
      }
    }
    for (const [code, { instances, days }] of Object.entries(plan.approvals ?? {})) {
      this.#books.set(code, new InstanceBook(instances, days, Date.now()));
    }
  }

  static async open(plan: TenantPlan): Promise<BenchCompany> {
    return new BenchCompany(plan, plan.approvals === undefined ? [] : await detailStamps());
  }

  move(table: string, changed: boolean): void {
    const moved = this.#tables.get(table);
    if (moved === undefined) throw new RangeError(`no table ${table}`);
    moved.move(changed);
  }

  submit(approvalCode: string, instances: number): void {
    this.#books.get(approvalCode)?.submit(instances, Date.now() - 2000);
  }

  /** The body of an answer; `endpoint` as the routes name it. */
  answer(endpoint: string, ask: Ask): Pieces {
    const { parts } = ask;
    switch (endpoint) {
      case 'base.records.search':
        return this.#records(ask);
      case 'base.tables.list':
        return this.#tablesOf(parts['app'] ?? '');
      case 'base.fields.list':
        return data({ has_more: false, total: 1, items: [field] });
      case 'base.apps.get':
        return data({ app: { app_token: parts['app'], name: 'bench', revision: 1 } });
      case 'approval.instances.list':
        return this.#codes(ask);
      case 'approval.instances.get':
        return this.#detail(parts['instance'] ?? '');
      case 'approval.definitions.get':
        return data({ approval_name: 'bench', status: 'ACTIVE', form: '[]', node_list: [] });
      case 'approval.searches':
        return [JSON.stringify(noScope)];
      case 'attendance.user_flows.query':
        return this.#punches(ask);
      case 'contact.departments.children':
        return this.#departments(ask);
      case 'contact.users.find_by_department':
        return this.#people(ask);
      default:
        return data({});
    }
  }

  #tablesOf(app: string): Pieces {
    const items = [...this.#tables].flatMap(([key, { revision }]) => {
      const [owner, table_id] = key.split('/');
      return owner === app ? [{ table_id, revision, name: `table ${table_id}` }] : [];
    });
    return data({ has_more: false, total: items.length, items });
  }

  #records({ parts, query }: Ask): Pieces {
    const table = this.#tables.get(`${parts['app']}/${parts['table']}`);
    if (table === undefined) return [JSON.stringify(absent)];
    const { start, count, more } = pageOf(query, table.records, 500);
    return list({ ...more, total: table.records }, 'items', [table.page(start, count)]);
  }

  #codes({ query }: Ask): Pieces {
    const book = this.#books.get(query.get('approval_code') ?? '');
    const [from, to] = [Number(query.get('start_time')), Number(query.get('end_time'))];
    const codes = book?.codes(from, to) ?? [];
    const { start, count, more } = pageOf(query, codes.length, 100);
    return data({ ...more, instance_code_list: codes.slice(start, start + count) });
  }

  #detail(instanceCode: string): Pieces {
    const n = numberOf(instanceCode);
    const [book] = this.#books.values();
    return [detailOf(this.#details, n, book?.createdAt(n) ?? 0, Date.now())];
  }

  #punches({ body }: Ask): Pieces {
    const { punchBytes, punchesPerDay = 0 } = this.#plan;
    const asked: Asked = JSON.parse(body);
    const [from, to] = [Number(asked.check_time_from), Number(asked.check_time_to)];
    const pieces =
      punchBytes === undefined
        ? [punchesOf(asked.user_ids, from, to, punchesPerDay)]
        : manyPunches(punchBytes, from);
    return list({}, 'user_flow_results', pieces);
  }

  #departments({ query }: Ask): Pieces {
    const { start, count, more } = pageOf(query, this.#plan.departments?.count ?? 0, 50);
    return list(more, 'items', [departmentsFrom(start, count)]);
  }

  #people({ query }: Ask): Pieces {
    const { people = 0 } = this.#plan.departments ?? {};
    const nth = departmentNumber(query.get('department_id'));
    const { start, count, more } = pageOf(query, nth === undefined ? 0 : people, 50);
    return list(more, 'items', [peopleFrom((nth ?? 0) * people + start, count, nth ?? 0)]);
  }
}

interface Asked {
  readonly user_ids: readonly string[];
  readonly check_time_from: string;
  readonly check_time_to: string;
}

const field = {
  field_id: 'fldYWaldeW',
  field_name: '任务',
  is_primary: true,
  property: null,
  type: 1,
  ui_type: 'Text',
};
