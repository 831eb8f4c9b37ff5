/** The error answers of the simulated tenant: a Lark code with the HTTP status it travels under. */
import type { JsonObject } from './json.ts';

/** Ends a call with a Lark error. `extra` is merged into the body, `headers` into the response. */
export class Refusal extends Error {
  override name = 'Refusal' as const;
  readonly status: number;
  readonly code: number;
  readonly extra: JsonObject;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: number,
    msg: string,
    extra: JsonObject = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(msg);
    this.status = status;
    this.code = code;
    this.extra = extra;
    this.headers = headers;
  }
}

/** The gateway's answer to a parameter that breaks its schema. */
export function fieldViolation(field: string, description: string, value: string = ''): Refusal {
  return new Refusal(400, 99992402, 'field validation failed', {
    error: { field_violations: [{ field, value, description }] },
  });
}

/** The gateway's answer to an app without any of `scopes`. */
export function scopeMissing(scopes: readonly string[], type = 'action_scope_required'): Refusal {
  const list = scopes.join(',');
  return new Refusal(
    400,
    99991672,
    `Access denied. One of the following scopes is required: [${list}]`,
    { error: { permission_violations: scopes.map((subject) => ({ type, subject })) } },
  );
}
