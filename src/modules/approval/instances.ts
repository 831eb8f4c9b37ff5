// Approval instances: Lark lists them by creation only, so each run discovers new ones, follows the open
// ones until they end, and reads the closed ones again while they may still be revoked or commented.

import { NotFoundError } from '../../errors.ts';
import { asSent, type JsonObject, stringsOf } from '../../json.ts';
import type { Page, Read, Span, Stream } from '../../stream.ts';
import { ahead } from '../ahead.ts';
import { followOf } from './due.ts';
import { getInstance, listInstances } from './endpoints.ts';
import { expectedOf } from './expected.ts';
import { auditWindow, dayOf, overlapMs, positionOf } from './position.ts';
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

/** Records as pages. Those before a failure are given before it. */
async function* gathered(all: AsyncIterable<JsonObject>): AsyncGenerator<Page> {
  let records: JsonObject[] = [];
  try {
    for await (const record of all) {
      records.push(record);
      if (records.length < recordsPerPage) continue;
      yield { records };
      records = [];
    }
  } catch (error) {
    if (records.length > 0) yield { records };
    throw error;
  }
  if (records.length > 0) yield { records };
}

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
    let position = positionOf(this.#read.from, this.#settings, now);
    const reasons = await reasonsToRead(this.#settings, this.#read, { now, position });
    this.#probed = reasons.probed;
    this.#hidden = reasons.found?.hidden ?? new Set();
    yield* this.#discover(windowsOf(position.to - overlapMs, now), (window) => {
      position = { ...position, to: Math.max(position.to, Math.min(window.to, now - marginMs)) };
      return [{ records: [], cursor: { ...position } }];
    });
    const audit = auditWindow(position, now);
    yield* this.#discover(windowsOf(audit.from, audit.to));
    yield* this.#details(reasons.due);
    yield {
      records: [],
      cursor: { ...position, auditAt: audit.to, auditDay: dayOf(now), tasksAt: now },
    };
  }

  async *past(span: Span): AsyncGenerator<Page> {
    yield* this.#discover(windowsOf(span.from, span.to));
    yield { records: [], cursor: { ...this.#read.from } };
  }

  /** Lists the windows and reads what is not known yet; known instances have due times of their own. */
  async *#discover(
    windows: Iterable<Span>,
    discovered: (window: Span) => readonly Page[] = () => [],
  ): AsyncGenerator<Page> {
    for await (const { window, codes } of ahead(windows, (one) => this.#listed(one))) {
      if (codes === undefined) yield* discovered(window);
      else yield* this.#details(await this.#unread(codes));
    }
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

  async #unread(codes: readonly string[]): Promise<readonly string[]> {
    const { replica, full } = this.#read;
    if (full) return codes;
    const known = await replica.known('approval_follows', 'instance_code', codes);
    return codes.filter((code) => !known.has(code));
  }

  async *#details(codes: readonly string[]): AsyncGenerator<Page> {
    const wanted = [...new Set(codes)].filter((code) => !this.#done.has(code));
    for (const code of wanted) this.#done.add(code);
    if (wanted.length > 0) this.#read.expect(wanted.length);
    yield* gathered(ahead(wanted, (code) => this.#detail(code)));
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
