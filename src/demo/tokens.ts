/** Access tokens: two hours of life, and the 30-minute rule about which one a new request is given. */
import { randomBytes } from 'node:crypto';

const REUSE_MS = 30 * 60_000;

/** What a token lets its bearer do. */
export type TokenKind = 'tenant' | 'app';

/** A token as it is handed out: `expire` is whole seconds of life left. */
export interface Grant {
  readonly token: string;
  readonly expire: number;
}

/** Issues and checks tokens on the tenant's clock. */
export interface Tokens {
  /**
   * The newest token while it has at least 30 minutes left, else a new one of `lifeSeconds`.
   * The older one stays valid until its own end.
   */
  issue(kind: TokenKind, lifeSeconds: number): Grant;
  valid(kind: TokenKind, token: string): boolean;
  /** Ends every token now, as a revocation on the server's side does. */
  expireAll(): void;
}

interface Issued {
  readonly kind: TokenKind;
  readonly token: string;
  readonly until: number;
}

/** Tokens on `now`, epoch ms. `prefix` tells tenant tokens (`t-`) from app tokens. */
export function makeTokens(now: () => number): Tokens {
  let issued: Issued[] = [];
  const fresh = (kind: TokenKind, lifeSeconds: number): Issued => {
    const prefix = kind === 'tenant' ? 't-' : 'a-';
    const token = `${prefix}${randomBytes(20).toString('hex')}`;
    const one = { kind, token, until: now() + lifeSeconds * 1000 };
    issued = [...issued.filter((old) => old.until > now()), one];
    return one;
  };
  return {
    issue(kind, lifeSeconds) {
      const newest = issued.findLast((one) => one.kind === kind);
      const kept = newest && newest.until - now() >= REUSE_MS ? newest : fresh(kind, lifeSeconds);
      return { token: kept.token, expire: Math.floor((kept.until - now()) / 1000) };
    },
    valid(kind, token) {
      return issued.some((one) => one.kind === kind && one.token === token && one.until > now());
    },
    expireAll() {
      issued = [];
    },
  };
}
