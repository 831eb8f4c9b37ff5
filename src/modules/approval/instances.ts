// Approval instances: Lark lists them by creation only, so each run discovers new ones, follows the open
// ones until they end, and reads the closed ones again while they may still be revoked or commented.

import { NotFoundError } from '../../errors.ts';
import { asSent, type JsonObject, stringsOf } from '../../json.ts';
import type { Cursor, Page, Read, Span, Stream } from '../../stream.ts';
import { ahead } from '../ahead.ts';
import { followOf } from './due.ts';
import { getInstance, listInstances } from './endpoints.ts';
import { expectedOf } from './expected.ts';
import { auditWindow, dayOf, overlapMs, type Position, positionOf } from './position.ts';
import { reasonsToRead } from './reasons.ts';
import type { ApprovalSettings } from './settings.ts';
import { storedInstances } from './stored.ts';
import * as tables from './tables.ts';
import { marginMs, windowsOf, within } from './windows.ts';

export function instances(settings: ApprovalSettings): Stream {
  return {
    name: 'approval.instances',
    tables: [
      tables.instances,
      tables.payloads,
      tables.fields,
      tables.tasks,
      tables.timeline,
      tables.comments,
      tables.follows,
    ],
    batchRecords: 500,
    partitions: () => settings.approvalCodes.map((code) => ({ key: code })),
    pages: (read) => new Reading(settings, read).pages(),
    expects: (read) => expectedOf(settings, read),
    stored: {
      tables: [tables.instances, tables.fields, tables.tasks, tables.timeline, tables.comments],
      records: storedInstances,
    },
    past: (read, span) => new Reading(settings, { ...read, full: true }).past(span),
  };
}

/** The instance with its codes, also where Lark leaves them out. */
function complete(given: JsonObject, codes: JsonObject): JsonObject {
  if (Object.keys(codes).every((name) => given[name] !== undefined)) return given;
  const { [asSent]: _, ...fields } = given;
  return { ...codes, ...fields };
}

/** On the way of a page there is more to do than for a record. */
const recordsPerPage = 10;

/** How far the reading has come. */
interface Reached {
  readonly cursor: Cursor;
}

/** Records as pages; the last says how far the reading has come. Records before a failure are given before it. */
async function* gathered(
  all: AsyncIterable<tables.InstanceRecord | Reached>,
): AsyncGenerator<Page> {
  let records: JsonObject[] = [];
  try {
    for await (const next of all) {
      if ('instance' in next) {
        records.push(next);
        if (records.length < recordsPerPage) continue;
        yield { records };
      } else yield { ...next, records };
      records = [];
    }
  } catch (error) {
    if (records.length > 0) yield { records };
    throw error;
  }
}

/** An instance to read, or how far the reading has come once all before are read. */
type Step = { readonly code: string } | Reached;

interface Listed {
  readonly window: Span;
  readonly codes?: readonly string[];
}

/** One reading of one approval code. */
class Reading {
  readonly #settings: ApprovalSettings;
  readonly #read: Read;
  readonly #done = new Set<string>();
  #probed = false;
  #hidden: ReadonlySet<string> = new Set();

  constructor(settings: ApprovalSettings, read: Read) {
    this.#settings = settings;
    this.#read = read;
  }

  async *pages(): AsyncGenerator<Page> {
    const now = await this.#read.lark.now();
    const position = positionOf(this.#read.from, this.#settings, now);
    const reasons = await reasonsToRead(this.#settings, this.#read, { now, position });
    this.#probed = reasons.probed;
    this.#hidden = reasons.found?.hidden ?? new Set();
    yield* this.#pagesOf(this.#steps(now, position, reasons.due));
  }

  past(span: Span): AsyncGenerator<Page> {
    return this.#pagesOf(this.#pastSteps(span));
  }

  /** The steps in their order, with as many calls on their way as are waited for. */
  #pagesOf(steps: AsyncIterable<Step>): AsyncGenerator<Page> {
    return gathered(ahead(steps, (step) => this.#taken(step)));
  }

  async *#steps(now: number, from: Position, due: readonly string[]): AsyncGenerator<Step> {
    let position = from;
    for await (const { window, codes } of this.#listings(from.to - overlapMs, now)) {
      if (codes !== undefined) yield* await this.#unread(codes);
      else {
        position = { ...position, to: Math.max(position.to, Math.min(window.to, now - marginMs)) };
        yield { cursor: { ...position } };
      }
    }
    const audit = auditWindow(position, now);
    for await (const { codes = [] } of this.#listings(audit.from, audit.to)) {
      yield* await this.#unread(codes);
    }
    yield* this.#fresh(due);
    yield { cursor: { ...position, auditAt: audit.to, auditDay: dayOf(now), tasksAt: now } };
  }

  async *#pastSteps({ from, to }: Span): AsyncGenerator<Step> {
    for await (const { codes = [] } of this.#listings(from, to)) yield* await this.#unread(codes);
    yield { cursor: { ...this.#read.from } };
  }

  #listings(from: number, to: number): AsyncGenerator<Listed, void> {
    return ahead(windowsOf(from, to), (window) => this.#listed(window));
  }

  /** The pages of a window's listing; the last has no codes. */
  async *#listed(window: Span): AsyncGenerator<Listed, void> {
    const { lark, partition } = this.#read;
    const query = within(window, partition.key);
    for await (const data of lark.pages(listInstances, { query })) {
      yield { window, codes: stringsOf(data['instance_code_list']) };
    }
    yield { window };
  }

  /** Those that are not known yet: known instances have due times of their own. */
  async #unread(codes: readonly string[]): Promise<readonly Step[]> {
    const { replica, full } = this.#read;
    if (full || codes.length === 0) return this.#fresh(codes);
    const known = await replica.known('approval_follows', 'instance_code', codes);
    return this.#fresh(codes.filter((code) => !known.has(code)));
  }

  /** Those that this reading has not come to yet. */
  #fresh(codes: readonly string[]): readonly Step[] {
    const fresh = [...new Set(codes)].filter((code) => !this.#done.has(code));
    for (const code of fresh) this.#done.add(code);
    if (fresh.length > 0) this.#read.expect(fresh.length);
    return fresh.map((code) => ({ code }));
  }

  async *#taken(step: Step): AsyncGenerator<tables.InstanceRecord | Reached, void> {
    if ('code' in step) yield* this.#detail(step.code);
    else yield step;
  }

  async *#detail(code: string): AsyncGenerator<tables.InstanceRecord, void> {
    const { lark, partition, warn } = this.#read;
    const call = { params: { instance_id: code }, query: { locale: this.#settings.locale } };
    const codes = { instance_code: code, approval_code: partition.key };
    const reading = {
      at: await lark.now(),
      lookbackDays: this.#settings.lookbackDays,
      probed: this.#probed,
      hidden: this.#hidden.has(code),
    };
    try {
      const instance = complete(await lark.call(getInstance, call), codes);
      yield { instance, follow: followOf(instance, codes, reading) };
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      warn(`approval instance ${code} is listed, yet Lark does not know it; it is asked for again`);
    }
  }
}
