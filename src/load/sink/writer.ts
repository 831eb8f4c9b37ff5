// Writes one partition: each batch with its cursor in one transaction, deletions after a complete reading.

import type { ClientBase } from 'pg';
import type { Counts, Writer } from '../../sink.ts';
import type { Batch, Cursor, Records, Reject } from '../../stream.ts';
import { commitCursor, traceOf } from './cursors.ts';
import { type Covered, Deletions } from './deletions.ts';
import { keysOfRejects } from './keys.ts';
import { Loader } from './loader.ts';
import { isRecognised } from './outline.ts';
import type { Loaded } from './poison.ts';
import { keepRejects, resolveRejects } from './rejects.ts';
import { Seen } from './seen.ts';
import type { WriterParts } from './writer-parts.ts';

export class PartitionWriter implements Writer {
  readonly checkpoint: Cursor | undefined;
  readonly recognises: boolean;
  readonly #parts: WriterParts;
  readonly #loader: Loader;
  readonly #seen: Seen | undefined;
  readonly #deletions: Deletions | undefined;
  #hasRejects: boolean;
  /** A batch that failed may fail again: nothing more is asked of the warehouse then. */
  #isSound = true;

  constructor(parts: WriterParts) {
    const { layouts, claim, opened } = parts;
    this.#parts = parts;
    this.checkpoint = opened.checkpoint;
    this.recognises = !opened.fresh && isRecognised(layouts[0]);
    this.#seen = opened.tracks ? new Seen(layouts[0], claim) : undefined;
    this.#loader = new Loader(layouts, claim, { straight: opened.straight, seen: this.#seen });
    this.#deletions = this.#seen === undefined ? undefined : new Deletions(parts, this.#seen);
    this.#hasRejects = opened.rejects;
  }

  async write(batch: Batch): Promise<Counts> {
    this.#isSound = false;
    const counts = await this.#commit(batch);
    this.#isSound = true;
    return counts;
  }

  /** Never throws: what the reading has seen and is not forgotten here is so when the partition is read again. */
  async close(): Promise<void> {
    if (this.#isSound) await this.#seen?.end(this.#parts.transact).catch(() => undefined);
  }

  async #commit(batch: Batch): Promise<Counts> {
    const { covers, unlike, abandoned } = batch;
    if (covers === undefined || this.#deletions === undefined) {
      return this.#writeRows(batch, batch.cursor);
    }
    const counts = await this.#writeRows(batch, undefined);
    const deleted = await this.#sweep(
      this.#deletions,
      { scope: covers, unlike, abandoned },
      batch.cursor,
    );
    return { ...counts, deleted: counts.deleted + deleted };
  }

  async #writeRows(batch: Batch, cursor: Cursor | undefined): Promise<Counts> {
    const { tally, rejects } = await this.#load(batch, cursor);
    this.#seen?.committed();
    if (rejects.length > 0) this.#hasRejects = true;
    this.#deletions?.rejected(rejects);
    return { ...tally, records: batch.read, rejected: rejects.length };
  }

  /** Care costs more, and few batches need it: those are loaded a second time. */
  async #load(batch: Batch, cursor: Cursor | undefined): Promise<Loaded> {
    const { transact, claim } = this.#parts;
    const loaded = (isCareful: boolean): Promise<Loaded> =>
      transact(async (client) => {
        await this.#seen?.begin(client);
        const { pending, records } = batch;
        const { tally, rejects } =
          pending === undefined
            ? await this.#loader.load(client, records, isCareful)
            : await this.#loader.loadPending(client, pending, isCareful);
        await this.#accountFor(client, pending ?? records, batch.rejects, rejects);
        await commitCursor(client, claim, cursor);
        return { tally, rejects: [...batch.rejects, ...rejects] };
      }, traceOf(claim));
    return loaded(false).catch((error: unknown) => {
      if (!this.#loader.isWorthCare(error)) throw error;
      return loaded(true);
    });
  }

  /** Rejections kept or resolved, keys remembered. `refused` are those that are among the keys. */
  async #accountFor(
    client: ClientBase,
    given: Pick<Records, 'keys'>,
    before: readonly Reject[],
    refused: readonly Reject[],
  ): Promise<void> {
    const { claim, layouts } = this.#parts;
    const rejects = [...before, ...refused];
    await keepRejects(client, claim, rejects);
    if (this.#hasRejects) {
      const without = new Set(refused.map(({ key }) => key));
      await resolveRejects(
        client,
        claim,
        given.keys().filter((key) => !without.has(key)),
      );
    }
    // Lark has given them, too.
    await this.#seen?.add(client, keysOfRejects(layouts[0], rejects));
  }

  async #sweep(
    deletions: Deletions,
    covered: Covered,
    cursor: Cursor | undefined,
  ): Promise<number> {
    const { transact, claim } = this.#parts;
    const verdict = await deletions.judge(covered);
    const deleted = await transact(async (client) => {
      const marked = await deletions.carryOut(client, covered.scope, verdict);
      // What was held back is read again by the next run, so its checkpoint stays where it was.
      await commitCursor(client, claim, verdict.kind === 'hold' ? undefined : cursor);
      return marked;
    }, traceOf(claim));
    deletions.tell(verdict, covered.scope);
    return deleted;
  }
}
