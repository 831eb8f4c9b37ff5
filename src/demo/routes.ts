/** Finds the endpoint of a method and path. */
import { approvalDefinitions } from './api/approval-definitions.ts';
import { approvalInstances } from './api/approval-instances.ts';
import { approvalSearch } from './api/approval-search.ts';
import { attendance } from './api/attendance.ts';
import { auth } from './api/auth.ts';
import { baseMeta } from './api/base-meta.ts';
import { baseRecords } from './api/base-records.ts';
import { bot } from './api/bot.ts';
import { contactDepartments } from './api/contact-departments.ts';
import { contactScopes } from './api/contact-scopes.ts';
import { contactUsers } from './api/contact-users.ts';
import { wiki } from './api/wiki.ts';
import type { Endpoint } from './endpoint.ts';
import { Refusal } from './refusal.ts';

const PREFIX = '/open-apis';

/** Every endpoint of the tenant. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...auth,
  ...approvalInstances,
  ...approvalDefinitions,
  ...approvalSearch,
  ...baseMeta,
  ...baseRecords,
  ...wiki,
  ...attendance,
  ...contactUsers,
  ...contactDepartments,
  ...contactScopes,
  ...bot,
];

/** An endpoint and the named parts of the path that led to it. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly path: Readonly<Record<string, string>>;
}

/** The route of a request. Throws the gateway's Refusal for an unknown path or a wrong method. */
export function findRoute(method: string, pathname: string): Route {
  const found = ENDPOINTS.flatMap((endpoint) => {
    const path = match(endpoint.path, pathname);
    return path ? [{ endpoint, path }] : [];
  });
  const route = found.find(({ endpoint }) => endpoint.method === method);
  if (route) return route;
  if (found.length > 0) throw new Refusal(405, 99991301, 'method not allowed');
  throw new Refusal(404, 99991201, 'path not found');
}

function match(pattern: string, pathname: string): Record<string, string> | undefined {
  if (!pathname.startsWith(`${PREFIX}/`)) return undefined;
  const want = pattern.split('/').slice(1);
  const have = pathname.slice(PREFIX.length).replace(/\/$/, '').split('/').slice(1);
  if (want.length !== have.length) return undefined;
  const path: Record<string, string> = {};
  for (const [index, part] of want.entries()) {
    const given = decodeURIComponent(have[index] ?? '');
    if (part.startsWith(':')) path[part.slice(1)] = given;
    else if (part !== given) return undefined;
  }
  return path;
}
