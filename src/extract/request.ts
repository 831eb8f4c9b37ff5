// An endpoint and a call as the request that goes over the wire.

import { SourceError } from '../errors.ts';
import type { Call, Endpoint } from '../tenant.ts';

export interface Request {
  readonly method: 'GET' | 'POST';
  /** Path and query, without the origin. */
  readonly path: string;
  readonly body?: string;
}

/** Throws SourceError when a placeholder of the path has no usable value. */
export function requestOf(endpoint: Endpoint, call: Call): Request {
  const path = withParams(endpoint, call.params ?? {}) + queryOf(call.query ?? {});
  if (endpoint.method === 'GET') return { method: 'GET', path };
  return { method: 'POST', path, body: JSON.stringify(call.body ?? {}) };
}

function withParams(endpoint: Endpoint, params: Readonly<Record<string, string>>): string {
  const steps = endpoint.path.split('/').map((step) => {
    if (!step.startsWith(':')) return step;
    const name = step.slice(1);
    const value = params[name] ?? '';
    // '.' and '..' survive every encoding as steps up the path.
    if (/^\.{0,2}$/.test(value)) {
      throw new SourceError(`the request has no usable value for ${name}`, {
        endpoint: endpoint.name,
      });
    }
    return encodeURIComponent(value);
  });
  return steps.join('/');
}

function queryOf(query: NonNullable<Call['query']>): string {
  let search = '';
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    const values: readonly (string | number | boolean)[] =
      typeof value === 'object' ? value : [value];
    for (const one of values)
      search += `${search === '' ? '?' : '&'}${name}=${encoded(String(one))}`;
  }
  return search;
}

/** As `URLSearchParams`, which takes ten times as long. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+');
}
