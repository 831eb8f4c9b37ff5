// A tenant with something of every module, and an empty folder to run `init` in.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handmadeCompany } from '../../../../src/demo/company/handmade.ts';
import { startTenant, type Tenant } from '../../../../src/demo/server.ts';
import type { Where } from './conversation.ts';

export interface Office {
  readonly tenant: Tenant;
  readonly appId: string;
  readonly secret: string;
  /** Approval code. */
  readonly code: string;
  /** Links of a Base whose name is hostile, and of a wiki page with a Base of two tables. */
  readonly base: string;
  readonly wiki: string;
  /** A folder of its own, with a home that has no key yet. */
  folder(): Promise<Where & { readonly home: string }>;
  close(): Promise<void>;
}

export const hostileName = 'Ops\n  evil: 1\u001b[2J"\'#: \u202e{';

export async function openOffice(): Promise<Office> {
  const company = handmadeCompany();
  const now = Date.now();
  const department = company.addDepartment();
  const user = company.addUser({ department_ids: [department.open_department_id] });
  company.addPunch(user, now - 3_600_000);
  const definition = company.addDefinition();
  company.addInstance(definition, now - 7_200_000);
  const hostile = company.addBase({ name: hostileName });
  company.addRecord(company.addTable(hostile, { name: hostileName }), now);
  const second = company.addBase({ name: 'Roadmap' });
  company.addRecord(company.addTable(second, { name: 'Plans' }), now);
  company.addRecord(company.addTable(second, { name: 'Ideas' }), now);
  const node = company.addWikiNode(second);
  const tenant = await startTenant({ limits: 'off', company });
  const folders: string[] = [];
  return {
    tenant,
    appId: tenant.app.app_id,
    secret: tenant.app.app_secret,
    code: definition.approval_code,
    base: `https://acme.larksuite.com/base/${hostile.app_token}`,
    wiki: `https://acme.larksuite.com/wiki/${node.node_token}`,
    async folder() {
      const cwd = await mkdtemp(join(tmpdir(), 'larkhouse-init-'));
      folders.push(cwd);
      const home = join(cwd, 'home');
      return { cwd, home, env: { HOME: home } };
    },
    async close() {
      await tenant.close();
      for (const folder of folders) await rm(folder, { recursive: true });
    },
  };
}
