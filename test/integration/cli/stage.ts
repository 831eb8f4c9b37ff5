// The command line as a process of its own, between a simulated tenant and a database of a test.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Pool, QueryResultRow } from 'pg';
import { handmadeCompany } from '../../../src/demo/company/handmade.ts';
import { startTenant, type Tenant } from '../../../src/demo/server.ts';
import { openPool } from '../../../src/load/pool.ts';
import { testDatabase } from '../../postgres.ts';

const entry = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** Fails when a secret or a token was printed. */
  readonly ended: Promise<Ended>;
}

export interface Stage {
  readonly tenant: Tenant;
  readonly company: ReturnType<typeof handmadeCompany>;
  readonly pool: Pool;
  /** The current folder of the commands. */
  readonly folder: string;
  /** The database's, with its password. */
  readonly url: string;
  start(args: readonly string[], env?: Readonly<Record<string, string>>): Running;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  /** Replaces the configuration that commands use. */
  configure(yaml: string): Promise<void>;
  rows<Row extends QueryResultRow>(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/** A company with something for every module, and a source `acme` that reads all of it. */
export async function startStage(): Promise<Stage> {
  const company = handmadeCompany();
  populate(company);
  const tenant = await startTenant({ limits: 'off', company });
  const database = await testDatabase();
  const pool = openPool(database.url);
  const folder = await mkdtemp(join(tmpdir(), 'larkhouse-cli-'));
  const file = join(folder, 'acme.yaml');
  const configure = (yaml: string): Promise<void> => writeFile(file, yaml);
  await configure(configuration(company, tenant.url));
  const secrets = [tenant.app.app_secret, new URL(database.url).password];
  const start: Stage['start'] = (args, env = {}) => {
    const own = {
      LARKHOUSE_CONFIG: file,
      DATABASE_URL: database.url,
      LARK_APP_SECRET: tenant.app.app_secret,
    };
    const child = spawn(process.execPath, [entry, ...args], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        ...own,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { process: child, ended: endOf(child, [...secrets, ...Object.values(env)]) };
  };
  return {
    tenant,
    company,
    pool,
    folder,
    url: database.url,
    configure,
    start,
    run: (args, env) => start(args, env).ended,
    rows: async (sql) => (await pool.query(sql)).rows,
    async close() {
      await pool.end();
      await database.drop();
      await tenant.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function endOf(child: ChildProcess, secrets: readonly string[]): Promise<Ended> {
  const { stdout: out, stderr: err } = child;
  assert.ok(out !== null && err !== null);
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(out), text(err)]);
  for (const secret of secrets.filter((value) => value.length > 7 && !value.includes('/'))) {
    assert.ok(!`${stdout}${stderr}`.includes(secret), 'a secret is printed');
  }
  assert.doesNotMatch(`${stdout}${stderr}`, /(?<![\w-])[tua]-[\w.-]{12,}/, 'a token is printed');
  return { code: await code, stdout, stderr };
}

function populate(company: Stage['company']): void {
  const now = Date.now();
  const department = company.addDepartment();
  for (let person = 0; person < 3; person += 1) {
    const user = company.addUser({ department_ids: [department.open_department_id] });
    company.addPunch(user, now - 3_600_000);
  }
  const definition = company.addDefinition();
  for (let hours = 2; hours < 7; hours += 1)
    company.addInstance(definition, now - hours * 3_600_000);
  const table = company.addTable(company.addBase());
  for (let record = 0; record < 20; record += 1) company.addRecord(table, now - record * 1000);
}

export function configuration({ has }: Stage['company'], url: string, source = 'acme'): string {
  return `warehouse:
  url: \${DATABASE_URL}
sources:
${sourceYaml({ has }, url, source)}`;
}

/** One entry of `sources`. */
export function sourceYaml(
  { has }: Pick<Stage['company'], 'has'>,
  url: string,
  source: string,
): string {
  return `  ${source}:
    platform: lark
    base_url: ${url}
    auth: { mode: custom_app, app_id: cli_demo5e0f1a2b3c4d, app_secret: "\${LARK_APP_SECRET}" }
    modules:
      approval:
        approval_codes: [${has.definitions.map((one) => one.approval_code).join(', ')}]
        lookback_days: 1
      base: [{ app_token: ${has.bases[0]?.app_token} }]
      attendance: { lookback_days: 1 }
      contact: {}
`;
}
