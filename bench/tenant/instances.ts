// Approval instances with the forms of the demo company, as many as wanted, spread over time.

import { startTenant } from '../../src/demo/server.ts';
import { digits, type Stamp, stamped, stampOf } from './stamp.ts';

const dayMs = 86_400_000;
/** How long an instance takes from its start to its end. */
const lifeMs = 3_600_000;
const codePrefix = '5A474BD9-D286-4B2E-E891-';
const at = Date.UTC(2026, 5, 17, 4);

/** The instances of one approval code. */
export class InstanceBook {
  readonly #spread: number;
  readonly #start: number;
  readonly #stepMs: number;
  readonly #later: number[] = [];

  constructor(instances: number, days: number, now: number) {
    this.#spread = instances;
    this.#start = now - days * dayMs;
    this.#stepMs = instances === 0 ? 0 : (days * dayMs) / instances;
  }

  /** So many more, created at this time. */
  submit(instances: number, at: number): void {
    for (let count = 0; count < instances; count += 1) this.#later.push(at);
  }

  /** Codes of those created in [from, to], epoch ms. */
  codes(from: number, to: number): string[] {
    const found: string[] = [];
    const first =
      this.#spread === 0 ? 0 : Math.max(0, Math.ceil((from - this.#start) / this.#stepMs));
    for (let n = first; n < this.#spread && this.createdAt(n) <= to; n += 1) found.push(codeOf(n));
    for (const [index, created] of this.#later.entries()) {
      if (created >= from && created <= to) found.push(codeOf(this.#spread + index));
    }
    return found;
  }

  createdAt(n: number): number {
    const later = this.#later[n - this.#spread];
    return later ?? Math.round(this.#start + n * this.#stepMs);
  }
}

function codeOf(n: number): string {
  return `${codePrefix}${String(n).padStart(12, '0')}`;
}

export function numberOf(instanceCode: string): number {
  return Number(instanceCode.slice(codePrefix.length));
}

/** The envelope of an instance. Places: 0 its number, 1 its start, 2 its end. */
export function detailOf(
  stamps: readonly Stamp[],
  n: number,
  created: number,
  now: number,
): Buffer {
  const stamp = stamps[n % stamps.length];
  if (stamp === undefined) throw new RangeError('no instance to copy');
  return stamped(stamp, [n, created, Math.min(now, created + lifeMs)]);
}

/** Instances of the demo company that have ended, ready to be copied. */
export async function detailStamps(): Promise<readonly Stamp[]> {
  const demo = await startTenant({ now: () => at, limits: 'off' });
  try {
    const { tenant_access_token: token } = await fetched(
      `${demo.url}/open-apis/auth/v3/tenant_access_token/internal`,
      { method: 'POST', body: JSON.stringify(demo.app) },
    );
    const ended = demo.company
      .instances(at, { from: at - 60 * dayMs })
      .filter(({ status }) => status !== 'PENDING')
      .slice(0, 100);
    return await Promise.all(
      ended.map(async ({ instance_code: code }) => {
        const url = `${demo.url}/open-apis/approval/v4/instances/${code}`;
        const answer = await fetched(url, { headers: { authorization: `Bearer ${token}` } });
        return stampOf({
          ...answer,
          data: {
            ...answer.data,
            instance_code: `${codePrefix}${digits(0, 12)}`,
            serial_number: `2026${digits(0, 12)}`,
            start_time: digits(1, 13),
            end_time: digits(2, 13),
          },
        });
      }),
    );
  } finally {
    await demo.close();
  }
}

interface Fetched {
  readonly tenant_access_token?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

async function fetched(url: string, init: RequestInit): Promise<Fetched> {
  const answer: Fetched = JSON.parse(await (await fetch(url, init)).text());
  return answer;
}
