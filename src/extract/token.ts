// The access token of a connection: kept while it is good, renewed by one request for all who wait.

import type { Clock } from './clock.ts';

/** A token as the tenant hands it out. */
export interface Minted {
  readonly value: string;
  readonly lifetimeMs: number;
}

/** A token in use. A renewal may give the same value again; its generation tells them apart. */
export interface Token {
  readonly value: string;
  readonly generation: number;
}

interface Kept extends Token {
  readonly renewAt: number;
  readonly expiresAt: number;
}

// With 30 minutes or more left Lark hands out the same token again; with less, a new one beside it.
const renewableMs = 30 * 60_000;
const shortLivedShare = 0.8;
const pauseAfterFailureMs = 60_000;

export class TokenKeeper {
  readonly #mint: () => Promise<Minted>;
  readonly #clock: Clock;
  #kept: Kept | undefined;
  #renewal: Promise<Kept> | undefined;
  #generation = 0;

  constructor(mint: () => Promise<Minted>, clock: Clock) {
    this.#mint = mint;
    this.#clock = clock;
  }

  /** A token that needs no renewal yet, if there is one. */
  get fresh(): Token | undefined {
    return this.#kept !== undefined && this.#clock.now() < this.#kept.renewAt
      ? this.#kept
      : undefined;
  }

  /** A token that should be good. Throws the errors of the token endpoint. */
  async current(): Promise<Token> {
    const kept = this.#kept;
    const now = this.#clock.now();
    if (kept === undefined || now >= kept.expiresAt) return await this.#renewed();
    if (now < kept.renewAt) return kept;
    // The old one is still good: whatever hinders its renewal can pass until it is not.
    return await this.#renewed().catch(() => {
      if (this.#kept === kept) this.#kept = { ...kept, renewAt: now + pauseAfterFailureMs };
      return kept;
    });
  }

  /** Makes `current` give another token than the refused one, unless a newer one is at hand already. */
  async renew(refused: Token): Promise<void> {
    const newer = this.#kept !== undefined && this.#kept.generation > refused.generation;
    if (!newer) await this.#renewed();
  }

  async #renewed(): Promise<Kept> {
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    return await this.#renewal;
  }

  async #renew(): Promise<Kept> {
    const { value, lifetimeMs } = await this.#mint();
    const now = this.#clock.now();
    const good = lifetimeMs > renewableMs ? lifetimeMs - renewableMs : lifetimeMs * shortLivedShare;
    this.#generation += 1;
    const generation = this.#generation;
    this.#kept = { value, generation, renewAt: now + good, expiresAt: now + lifetimeMs };
    return this.#kept;
  }
}
