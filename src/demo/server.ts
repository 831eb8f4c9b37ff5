/** The simulated tenant: an HTTP server on 127.0.0.1 that answers as Lark's open platform does. */
import { createServer, type Server } from 'node:http';
import { type App, makeApp } from './app.ts';
import type { Company } from './company/company.ts';
import { demoCompany } from './company/demo.ts';
import { FaultQueue, type Faults } from './faults.ts';
import { makeHandler } from './handler.ts';
import { makeLimits } from './limits.ts';
import { type RequestLog, Requests } from './requests.ts';
import { makeTokens } from './tokens.ts';

/** How to start a tenant; everything has a default. */
export interface TenantOptions {
  /** Default 0: a free port. The address is always 127.0.0.1. */
  readonly port?: number;
  /** The tenant's clock, epoch ms: the Date header, all data, the age of tokens. Default Date.now. */
  readonly now?: () => number;
  /** Default: the demo company. */
  readonly company?: Company;
  readonly app?: Partial<App>;
  /** Rate limits run on real monotonic time, not on `now`. Default enforced. */
  readonly limits?: 'enforced' | 'off';
}

/** A running tenant. */
export interface Tenant {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The truth behind the answers. */
  readonly company: Company;
  /** Mutable: scopes can be revoked, ranges changed, secrets turned. */
  readonly app: App;
  readonly requests: RequestLog;
  readonly faults: Faults;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

/** Starts a tenant; rejects when the port cannot be had. */
export async function startTenant(options: TenantOptions = {}): Promise<Tenant> {
  const now = options.now ?? Date.now;
  const app = makeApp(options.app);
  const company = options.company ?? demoCompany({ appId: app.app_id });
  const requests = new Requests();
  const faults = new FaultQueue();
  const limits = options.limits === 'off' ? undefined : makeLimits();
  const tokens = makeTokens(now);
  const server = createServer(
    { keepAliveTimeout: 65_000 },
    makeHandler({ app, company, faults, limits, now, requests, tokens }),
  );
  const port = await listen(server, options.port ?? 0);
  return { url: `http://127.0.0.1:${port}`, company, app, requests, faults, close: closer(server) };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
      else reject(new Error('the simulated tenant has no port'));
    });
  });
}

function closer(server: Server): () => Promise<void> {
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}
