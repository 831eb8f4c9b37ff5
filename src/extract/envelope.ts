// Lark's answer as its content or as one of our errors. Success is `code` 0 and nothing else.

import {
  AuthError,
  type Circumstances,
  type ErrorDetails,
  type LarkhouseError,
  NotFoundError,
  PageTokenError,
  PermissionError,
  QuotaError,
  SourceError,
  ThrottledError,
  TokenError,
  TransientError,
} from '../errors.ts';
import { isObject, type Json, type JsonObject, objectsOf } from '../json.ts';
import { readingOf } from './codes.ts';
import { missingScopes } from './scopes.ts';
import { wash } from './wash.ts';

/** The head of an HTTP answer. */
export interface Head {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** On what occasion Lark answered. */
export interface Asked {
  readonly source: string;
  /** The endpoint's name. */
  readonly endpoint: string;
  /** Any one of these permits the call. */
  readonly scopes: readonly string[];
  /** The request bore a page token. */
  readonly paging: boolean;
  /** What must not appear in a message; grows by the tokens that come. */
  readonly secrets: readonly string[];
}

/** The envelope of a success. Throws what any other answer stands for. */
export function opened(envelope: Json, head: Head, asked: Asked): JsonObject {
  if (!isObject(envelope)) throw garbled('JSON that is no object', head, asked);
  const code = envelope['code'];
  if (typeof code !== 'number') throw garbled('an object without a numeric code', head, asked);
  if (code === 0) return envelope;
  throw refusal(code, envelope, head, asked);
}

/** The `data` of a success. */
export function dataOf(envelope: JsonObject, head: Head, asked: Asked): JsonObject {
  const data = envelope['data'];
  if (!isObject(data)) throw garbled('a success without data', head, asked);
  return data;
}

function garbled(what: string, head: Head, asked: Asked): TransientError {
  return new TransientError(`Lark answered with ${what}`, circumstancesOf(head, asked));
}

function refusal(code: number, envelope: JsonObject, head: Head, asked: Asked): LarkhouseError {
  const text = typeof envelope['msg'] === 'string' ? envelope['msg'] : '';
  const { status } = head;
  const { meaning, hint } = readingOf(code, { status, text, paging: asked.paging });
  const detail = isObject(envelope['error']) ? envelope['error'] : {};
  const details: ErrorDetails = {
    ...circumstancesOf(head, asked, detail),
    code,
    ...(hint === undefined ? {} : { hint: hint.replaceAll('{source}', asked.source) }),
  };
  const said = wash(`${text}${violations(detail)}`, asked.secrets);
  const says = (fact: string): string => (said === '' ? fact : `${fact}: ${said}`);
  switch (meaning) {
    case 'throttled':
      return new ThrottledError(says('Lark asks to slow down'), {
        ...details,
        ...retryAfter(head),
      });
    case 'transient':
      return new TransientError(says('Lark is busy'), details);
    case 'quota':
      return new QuotaError(says('the monthly quota of API calls is used up'), details);
    case 'token':
      return new TokenError(says('Lark refuses the access token'), details);
    case 'auth':
      return new AuthError(says('Lark refuses the credentials'), details);
    case 'scope':
      return scopeError(missingScopes(detail, text, asked.scopes), says, details);
    case 'permission':
      return new PermissionError(says('Lark refuses this call'), details);
    case 'missing':
      return new NotFoundError(says('Lark knows no such thing'), details);
    case 'page-token':
      return new PageTokenError(says('Lark refuses the page token'), details);
    case 'refused':
      return new SourceError(says('Lark refuses the request'), details);
    default:
      return meaning satisfies never;
  }
}

function scopeError(
  scopes: readonly string[],
  says: (fact: string) => string,
  details: ErrorDetails,
): PermissionError {
  const which = scopes.length === 1 ? 'the scope' : 'one of the scopes';
  const add = scopes.length === 0 ? 'the missing scope' : `${which} ${scopes.join(', ')}`;
  const hint = `add ${add} to the app in the developer console, then publish a new version`;
  return new PermissionError(says('the app lacks a scope'), { ...details, scopes, hint });
}

/** Which field Lark finds wrong and why; its value stays out. */
function violations(detail: JsonObject): string {
  const found = objectsOf(detail['field_violations']).map(
    ({ field, description }) => `${String(field)}: ${String(description)}`,
  );
  return found.length === 0 ? '' : ` (${found.join('; ')})`;
}

/** Where an answer came from; `error` of the envelope may name the log id too. */
export function circumstancesOf(head: Head, asked: Asked, detail: JsonObject = {}): Circumstances {
  const { source, endpoint } = asked;
  const ids = [
    head.headers['x-tt-logid'],
    head.headers['x-request-id'],
    detail['log_id'],
    detail['logid'],
  ];
  const logId = ids.find((id) => typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id));
  return {
    source,
    endpoint,
    status: head.status,
    ...(typeof logId === 'string' ? { logId } : {}),
  };
}

const absurdSeconds = 3600;

/** What the rate limit's headers ask for; nothing where they are missing or make no sense. */
function retryAfter({ headers }: Head): { readonly retryAfterMs?: number } {
  const text = headers['x-ogw-ratelimit-reset'] ?? headers['retry-after'] ?? '';
  const seconds = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  return seconds <= absurdSeconds ? { retryAfterMs: seconds * 1000 } : {};
}
