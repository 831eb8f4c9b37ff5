// Decides what a complete reading proves to be gone, and marks it.

import type { ClientBase } from 'pg';
import type { Reject, Scope } from '../../stream.ts';
import { forgetHeld, hold } from './held.ts';
import { hide, reveal } from './out-of-sight.ts';
import { forgetScope } from './scope.ts';
import type { Seen } from './seen.ts';
import { missingKeys, type Survey, survey } from './survey.ts';
import { sweepStatement } from './sweep.ts';
import type { WriterParts } from './writer-parts.ts';

/** As many as these are asked one by one; Lark answers 100 a call, and more would take it too long. */
const confirmable = 100_000;
/** More than this many, and more than this share of the scope, is implausible at once. */
const plausible = { rows: 100, share: 0.1 };

/** What a batch covers. */
export interface Covered {
  readonly scope: Scope;
  /** It was read under other conditions than the last time. */
  readonly unlike: boolean;
  /** Lark no longer knows what holds the scope: there is nothing left to ask for. */
  readonly abandoned: boolean;
}

export type Verdict =
  | { readonly kind: 'none' | 'hide' | 'unsure' }
  | { readonly kind: 'mark'; readonly only?: readonly (readonly string[])[] }
  | { readonly kind: 'hold'; readonly found: Survey };

function isPlausible({ missing, live }: Survey): boolean {
  return missing <= Math.max(plausible.rows, plausible.share * live);
}

export class Deletions {
  readonly #parts: WriterParts;
  readonly #seen: Seen;
  #nameless = 0;
  /** The scope that was judged last. */
  #judged: Scope | undefined;
  #hasForgotten = false;

  constructor(parts: WriterParts, seen: Seen) {
    this.#parts = parts;
    this.#seen = seen;
  }

  /** Told what was rejected of each committed batch. */
  rejected(rejects: readonly Reject[]): void {
    this.#nameless += rejects.filter(({ key }) => key === '').length;
  }

  /**
   * What to do about the rows of the scope that were not given. Implausibly many have to be missed by two
   * complete readings that follow one another; then, as few at once, they are asked one by one where that can be.
   */
  async judge({ scope, unlike, abandoned }: Covered): Promise<Verdict> {
    const { layouts, claim, notes, opened } = this.#parts;
    const [root] = layouts;
    const { confirm } = notes;
    const found = await this.#look(async (client) => {
      if (this.#judged !== undefined) await forgetScope(client, root, claim, this.#judged);
      return survey(client, root, claim, scope);
    });
    if (found.missing === 0) return { kind: 'none' };
    if (abandoned) return { kind: 'mark' };
    if (this.#nameless > 0) return { kind: 'unsure' };
    if (unlike) return { kind: 'hide' };
    if (!isPlausible(found) && !opened.held.has(found.digest)) return { kind: 'hold', found };
    if (confirm === undefined || found.missing > confirmable) return { kind: 'mark' };
    const keys = await this.#look((client) => missingKeys(client, root, claim, scope));
    return confirm(keys).then((only) => ({ kind: 'mark', only }));
  }

  /** Does what was decided; gives the number of rows marked, bookkeeping left out. */
  async carryOut(client: ClientBase, scope: Scope, verdict: Verdict): Promise<number> {
    const { claim, opened, layouts } = this.#parts;
    await this.#seen.requireWhole(client);
    await reveal(client, claim);
    if (verdict.kind === 'unsure') return 0;
    // Only readings that follow one another can agree.
    if (!this.#hasForgotten && opened.held.size > 0) await forgetHeld(client, claim);
    if (verdict.kind === 'hold') await hold(client, claim, verdict.found);
    if (verdict.kind === 'hide') await hide(client, layouts[0], claim, scope);
    return verdict.kind === 'mark' ? this.#mark(client, scope, verdict.only) : 0;
  }

  /** Once it is committed. */
  tell(verdict: Verdict, scope: Scope): void {
    const { layouts, notes } = this.#parts;
    this.#judged = scope;
    const { name } = layouts[0].table;
    if (verdict.kind === 'unsure') {
      notes.warn(
        `${name}: rows are missing from a complete reading, but none is marked as deleted, since ` +
          `${this.#nameless} rejected records have no key and may be these`,
      );
      return;
    }
    this.#hasForgotten = true;
    if (verdict.kind !== 'hold') return;
    const { missing, live } = verdict.found;
    notes.fail(
      `${name}: ${missing} of ${live} rows are missing from a complete reading; that is implausibly many, ` +
        'so none is marked as deleted until the next complete reading misses the same rows',
    );
  }

  #look<T>(work: (client: ClientBase) => Promise<T>): Promise<T> {
    return this.#parts.transact(async (client) => {
      await this.#seen.requireWhole(client);
      return work(client);
    });
  }

  async #mark(
    client: ClientBase,
    scope: Scope,
    only: readonly (readonly string[])[] | undefined,
  ): Promise<number> {
    const { layouts, claim } = this.#parts;
    if (only?.length === 0) return 0;
    const { text, values } = sweepStatement(layouts, claim, scope, only);
    const { rows } = await client.query<{ marked: number[] }>(text, [...values]);
    const counted = (rows[0]?.marked ?? []).filter(
      (_, index) => layouts[index]?.table.bookkeeping !== true,
    );
    return counted.reduce((sum, marked) => sum + marked, 0);
  }
}
