// Approval instances: Lark lists them by creation only, so each run discovers new ones, follows the open
// ones until they end, and reads the closed ones again while they may still be revoked or commented.

import { NotFoundError } from '../../errors.ts';
import { type JsonObject, stringsOf } from '../../json.ts';
import type { Expectation, Page, Read, Span, Stream } from '../../stream.ts';
import { ahead } from '../ahead.ts';
import { dayMs } from '../dates.ts';
import { followOf } from './due.ts';
import { getInstance, listInstances, queryInstances, searchTasks } from './endpoints.ts';
import { followsOf } from './follows.ts';
import { auditWindow, dayOf, overlapMs, type Position, positionOf } from './position.ts';
import { probeStatus, probeTasks } from './probe.ts';
import type { ApprovalSettings } from './settings.ts';
import { storedInstances } from './stored.ts';
import * as tables from './tables.ts';
import { marginMs, windowsOf } from './windows.ts';

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
    expects: (read) => new Reading(settings, read).expects(),
    stored: {
      tables: [tables.instances, tables.fields, tables.tasks, tables.timeline, tables.comments],
      records: storedInstances,
    },
    past: (read, span) => new Reading(settings, { ...read, full: true }).past(span),
  };
}

/** One reading of one approval code. */
class Reading {
  readonly #settings: ApprovalSettings;
  readonly #read: Read;
  readonly #done = new Set<string>();
  #probed = false;
  #hidden: ReadonlySet<string> = new Set();
  #fresh = 0;
  #listed = 0;

  constructor(settings: ApprovalSettings, read: Read) {
    this.#settings = settings;
    this.#read = read;
  }

  async *pages(): AsyncGenerator<Page> {
    const now = await this.#read.lark.now();
    let position = positionOf(this.#read.from, this.#settings, now);
    const due = await this.#due(now, position);
    for (const window of windowsOf(position.to - overlapMs, now)) {
      yield* this.#discover(window);
      position = { ...position, to: Math.max(position.to, Math.min(window.to, now - marginMs)) };
      yield { records: [], cursor: { ...position } };
    }
    const audit = auditWindow(position, now);
    for (const window of windowsOf(audit.from, audit.to)) yield* this.#discover(window);
    yield* this.#details(due);
    yield {
      records: [],
      cursor: { ...position, auditAt: audit.to, auditDay: dayOf(now), tasksAt: now },
    };
  }

  /** The probes and the windows are what they are; new instances are those that the status search lists. */
  async *expects(): AsyncGenerator<Expectation> {
    const now = await this.#read.lark.now();
    const position = positionOf(this.#read.from, this.#settings, now);
    const due = await this.#due(now, position);
    const audit = auditWindow(position, now);
    const windows = [
      ...windowsOf(position.to - overlapMs, now),
      ...windowsOf(audit.from, audit.to),
    ];
    yield { endpoint: listInstances, calls: windows.length };
    yield { endpoint: queryInstances, calls: Math.max(1, Math.ceil(this.#listed / 200)) };
    yield { endpoint: searchTasks, calls: 1 };
    yield { endpoint: getInstance, calls: new Set(due).size + this.#fresh };
  }

  async *past(span: Span): AsyncGenerator<Page> {
    for (const window of windowsOf(span.from, span.to)) yield* this.#discover(window);
    yield { records: [], cursor: { ...this.#read.from } };
  }

  /** Lists the window and reads what is not known yet; known instances have due times of their own. */
  async *#discover(window: Span): AsyncGenerator<Page> {
    const { lark, replica, partition, full } = this.#read;
    const query = {
      approval_code: partition.key,
      start_time: String(window.from),
      end_time: String(window.to),
    };
    for await (const data of lark.pages(listInstances, { query })) {
      const codes = stringsOf(data['instance_code_list']);
      const known = await replica.known('approval_follows', 'instance_code', codes);
      yield* this.#details(full ? codes : codes.filter((code) => !known.has(code)));
    }
  }

  /** Codes to read now: overdue ones first, the longest due first, then what the probes found. */
  async #due(now: number, position: Position): Promise<readonly string[]> {
    const { lark, replica, partition, full } = this.#read;
    const follows = await followsOf(replica, partition.key);
    const search = {
      approvalCode: partition.key,
      from: now - this.#settings.lookbackDays * dayMs,
      to: now,
      wantedFrom: position.start,
      listedFrom: position.to - overlapMs,
      follows,
    };
    const found = await probeStatus(lark, search);
    const moved = await probeTasks(lark, search, position.tasksAt);
    this.#probed = found !== undefined && moved !== undefined;
    this.#hidden = found?.hidden ?? new Set();
    this.#fresh = found?.fresh ?? 0;
    this.#listed = found?.listed ?? 0;
    const overdue = [...follows.values()]
      .filter((follow) => full || follow.due_at <= now)
      .sort((one, other) => one.due_at - other.due_at)
      .map((follow) => follow.instance_code);
    return [...overdue, ...(found?.due ?? []), ...(moved ?? [])];
  }

  async *#details(codes: readonly string[]): AsyncGenerator<Page> {
    const wanted = [...new Set(codes)].filter((code) => !this.#done.has(code));
    for (const code of wanted) this.#done.add(code);
    if (wanted.length > 0) this.#read.expect(wanted.length);
    for await (const record of ahead(wanted, 32, (code) => this.#detail(code))) {
      if (record !== undefined) yield { records: [record] };
    }
  }

  async #detail(code: string): Promise<tables.InstanceRecord | undefined> {
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
      const instance: JsonObject = { ...codes, ...(await lark.call(getInstance, call)) };
      return { instance, follow: followOf(instance, codes, reading) };
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      warn(`approval instance ${code} is listed, yet Lark does not know it; it is asked for again`);
      return undefined;
    }
  }
}
