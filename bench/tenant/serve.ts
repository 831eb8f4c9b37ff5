// The HTTP of the benchmark's tenant: as little as can be done for each request.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchCompany } from './company.ts';
import type { Pieces } from './envelope.ts';
import { Limits } from './limits.ts';
import type { TenantPlan, Usage } from './plan.ts';
import { type Route, routeOf } from './routes.ts';

const refused = JSON.stringify({ code: 99_991_400, msg: 'request trigger frequency limit' });

export class BenchServer {
  readonly #company: BenchCompany;
  readonly #plan: TenantPlan;
  #limits = new Limits();
  #calls = 0;
  #servedMs = 0;
  #cpu: NodeJS.CpuUsage = process.cpuUsage();

  constructor(company: BenchCompany, plan: TenantPlan) {
    this.#company = company;
    this.#plan = plan;
  }

  /** Gives the address. */
  async listen(): Promise<string> {
    const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    return `http://127.0.0.1:${port}`;
  }

  /** What was served since the last time, and a new beginning for the rate limits. */
  usage(): Usage {
    const { user, system } = process.cpuUsage(this.#cpu);
    const usage = {
      calls: this.#calls,
      servedMs: this.#servedMs,
      cpuSeconds: (user + system) / 1e6,
      accepted: Object.fromEntries(this.#limits.accepted),
      refused: Object.fromEntries(this.#limits.refused),
    };
    this.#limits = new Limits();
    [this.#calls, this.#servedMs] = [0, 0];
    this.#cpu = process.cpuUsage();
    return usage;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    if (request.method === 'POST')
      for await (const piece of request.setEncoding('utf8')) body += piece;
    const started = performance.now();
    const [pathname = '', search = ''] = (request.url ?? '').split('?');
    const found = routeOf(pathname);
    if (found === undefined) return void response.writeHead(404).end('{"code":404}');
    const { route, parts } = found;
    if (route.name === 'auth') return signIn(response, body);
    this.#calls += 1;
    const reset = this.#refusal(request, route);
    if (reset !== undefined) {
      const headers = { 'x-ogw-ratelimit-reset': String(reset) };
      return void response.writeHead(429, headers).end(refused);
    }
    const pieces = this.#company.answer(route.name, {
      parts,
      query: new URLSearchParams(search),
      body,
    });
    const latency = this.#latencyOf(route);
    if (latency > 0) await pause(latency);
    send(response, pieces, this.#plan.punchBytes !== undefined);
    this.#servedMs += performance.now() - started;
  }

  #refusal({ headers }: IncomingMessage, { name, tier }: Route): number | undefined {
    if (this.#plan.limited !== true) return undefined;
    const app = headers.authorization?.slice('Bearer t-'.length);
    return this.#limits.excess(`${app} ${name}`, tier, performance.timeOrigin + performance.now());
  }

  #latencyOf({ name }: Route): number {
    const { latencyMs = 0, baseLatencyMs = latencyMs } = this.#plan;
    return name.startsWith('base.') ? baseLatencyMs : latencyMs;
  }
}

function signIn(response: ServerResponse, body: string): void {
  const { app_id }: { app_id: string } = JSON.parse(body);
  const token = { code: 0, msg: 'ok', tenant_access_token: `t-${app_id}`, expire: 7200 };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(token));
}

/** Hands the body over; whoever is slow to read it is not waited for. */
function send(response: ServerResponse, pieces: Pieces, isEndless: boolean): void {
  response.setHeader('content-type', 'application/json; charset=utf-8');
  if (isEndless) {
    Readable.from(pieces, { objectMode: true }).pipe(response);
    return;
  }
  const parts = [...pieces];
  const length = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  response.setHeader('content-length', length);
  for (const part of parts) response.write(part);
  response.end();
}
