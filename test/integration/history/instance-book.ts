// The approval instances of a tenant with their past: searches lag, and some are listed late.

import type { Instance } from '../../../src/demo/company/approval.ts';
import type { InstanceFilter } from '../../../src/demo/company/company.ts';

interface Entry {
  readonly created: number;
  /** Nobody sees it before; epoch ms. */
  readonly visibleFrom: number;
  /** Oldest first. */
  readonly states: { readonly at: number; readonly instance: Instance }[];
}

export class InstanceBook {
  readonly #entries = new Map<string, Entry>();
  readonly #byCreation: Entry[] = [];

  get codes(): readonly string[] {
    return [...this.#entries.keys()];
  }

  add(instance: Instance, visibleFrom: number): void {
    const created = Number(instance.start_time);
    const entry = { created, visibleFrom, states: [{ at: created, instance }] };
    this.#entries.set(instance.instance_code, entry);
    this.#byCreation.push(entry);
    const before = this.#byCreation.at(-2);
    if (before !== undefined && before.created > created) {
      this.#byCreation.sort((one, other) => one.created - other.created);
    }
  }

  /** The newest state; changes are made on a copy and given to `change`. */
  newest(code: string): Instance | undefined {
    return this.#entries.get(code)?.states.at(-1)?.instance;
  }

  visibleFrom(code: string): number {
    return this.#entries.get(code)?.visibleFrom ?? 0;
  }

  change(instance: Instance, at: number): void {
    this.#entries.get(instance.instance_code)?.states.push({ at, instance });
  }

  one(code: string, t: number): Instance | undefined {
    const entry = this.#entries.get(code);
    return entry === undefined ? undefined : stateAt(entry, t);
  }

  list(t: number, { approvalCode, from, to }: InstanceFilter): readonly Instance[] {
    const isIn = ({ created }: Entry): boolean =>
      (from === undefined || created >= from) && (to === undefined || created < to);
    return this.#byCreation.filter(isIn).flatMap((entry) => {
      const instance = stateAt(entry, t);
      if (instance === undefined) return [];
      return approvalCode === undefined || instance.approval_code === approvalCode
        ? [instance]
        : [];
    });
  }
}

function stateAt({ visibleFrom, states }: Entry, t: number): Instance | undefined {
  return t < visibleFrom ? undefined : states.findLast(({ at }) => at <= t)?.instance;
}
