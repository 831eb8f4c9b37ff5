// Where the command line is started: a folder with the configuration of the company's source `acme`.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Holdings } from '../../../src/demo/company/handmade.ts';
import type { Tenant } from '../../../src/demo/server.ts';
import { type Running, start } from './process.ts';

export interface OfficeOptions {
  readonly tenant: Tenant;
  readonly has: Holdings;
  /** The database's, with its password. */
  readonly url: string;
}

export class Office {
  readonly folder: string;
  readonly secrets: readonly string[];
  readonly #file: string;
  readonly #appSecret: string;

  static async open({ tenant, has, url }: OfficeOptions): Promise<Office> {
    const folder = await mkdtemp(join(tmpdir(), 'larkhouse-faults-'));
    const office = new Office(folder, tenant.app.app_secret, new URL(url).password);
    await office.configure(configuration(has, tenant));
    return office;
  }

  constructor(folder: string, appSecret: string, password: string) {
    this.folder = folder;
    this.#file = join(folder, 'acme.yaml');
    this.#appSecret = appSecret;
    this.secrets = [appSecret, password];
  }

  /** Replaces the configuration. */
  configure(yaml: string): Promise<void> {
    return writeFile(this.#file, yaml);
  }

  start(args: readonly string[], url: string, env: Readonly<Record<string, string>> = {}): Running {
    const own = {
      LARKHOUSE_CONFIG: this.#file,
      DATABASE_URL: url,
      LARK_APP_SECRET: this.#appSecret,
    };
    return start(args, { cwd: this.folder, env: { ...own, ...env } });
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }
}

/** All four modules of the company, everything in it. */
export function configuration({ definitions, bases }: Holdings, { url, app }: Tenant): string {
  const codes = definitions.map((one) => one.approval_code).join(', ');
  const entries = bases.map((base) => `{ app_token: ${base.app_token} }`).join(', ');
  return `warehouse:
  url: \${DATABASE_URL}
sources:
  acme:
    platform: lark
    base_url: ${url}
    auth: { mode: custom_app, app_id: ${app.app_id}, app_secret: "\${LARK_APP_SECRET}" }
    modules:
      approval: { approval_codes: [${codes}], lookback_days: 1 }
      base: [${entries}]
      attendance: { lookback_days: 1 }
      contact: {}
`;
}
