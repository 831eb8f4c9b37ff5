/** The official SDK as an independent client of the simulated tenant: quiet, and paged by has_more. */
import assert from 'node:assert/strict';
import * as lark from '@larksuiteoapi/node-sdk';
import type { Tenant } from '../../src/demo/server.ts';

/** What every answer of the SDK has in common. */
export interface Answer<T> {
  readonly code?: number | undefined;
  readonly msg?: string | undefined;
  readonly data?: T | undefined;
}

export interface Paged {
  readonly has_more?: boolean | undefined;
  readonly page_token?: string | undefined;
}

/** The data of an answer that must be a success. */
export function dataOf<T>({ code, msg, data }: Answer<T>): T {
  assert.equal(code, 0, msg);
  assert.ok(data !== undefined);
  return data;
}

/** All pages of a listing, driven by has_more alone. */
export async function pages<T extends Paged>(
  ask: (params: { page_token?: string }) => Promise<Answer<T>>,
): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  for (;;) {
    const page = dataOf(await ask(token ? { page_token: token } : {}));
    all.push(page);
    if (!page.has_more) return all;
    assert.ok(page.page_token && page.page_token !== token);
    token = page.page_token;
  }
}

/** The SDK, speaking to `tenant` as its app and logging nothing. */
export function sdkFor(tenant: Tenant): lark.Client {
  const quiet = (): void => {};
  return new lark.Client({
    appId: tenant.app.app_id,
    appSecret: tenant.app.app_secret,
    domain: tenant.url,
    logger: { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet },
    ...(tenant.app.app_type === 'store' ? { appType: lark.AppType.ISV } : {}),
  });
}
