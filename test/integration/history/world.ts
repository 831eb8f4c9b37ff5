// A tenant that is changed at will, and the chronicle of what it was.

import type { Definition, Instance } from '../../../src/demo/company/approval.ts';
import type { Company } from '../../../src/demo/company/company.ts';
import { type HandmadeCompany, handmadeCompany } from '../../../src/demo/company/handmade.ts';
import { Chronicle } from './chronicle.ts';
import { InstanceBook } from './instance-book.ts';
import { definitionThing, instanceThing } from './oracle/approval.ts';
import { appThing, fieldThings, recordThings, tableThings } from './oracle/base.ts';
import { departmentThings, punchThings, userThings } from './oracle/people.ts';
import type { Random } from './random.ts';

export interface WorldOptions {
  readonly random: Random;
  readonly employeeType: 'employee_id' | 'employee_no';
}

export class World {
  readonly chronicle: Chronicle = new Chronicle();
  readonly hand: HandmadeCompany = handmadeCompany();
  readonly book: InstanceBook = new InstanceBook();
  readonly random: Random;
  /** What was done, for whoever has to find out why. */
  readonly deeds: string[] = [];
  readonly #options: WorldOptions;
  readonly #loud = new Map<string, { readonly revision: number; readonly at: number }>();
  #count = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.random = options.random;
  }

  /** As the simulated tenant serves it. */
  get company(): Company {
    return {
      ...this.hand,
      instances: (t, filter = {}) => this.book.list(t, filter),
      instance: (code, t) => this.book.one(code, t),
    };
  }

  /** A number that nothing else has. */
  number(): number {
    this.#count += 1;
    return this.#count;
  }

  /** A copy of an instance to be changed. */
  draft(code: string | undefined): Instance | undefined {
    return code === undefined ? undefined : structuredClone(this.book.newest(code));
  }

  addInstance(instance: Instance, visibleFrom: number): void {
    this.book.add(instance, visibleFrom);
    const code = instance.instance_code;
    this.chronicle.note('instance', code, Number(instance.start_time), instanceThing(instance));
  }

  changeInstance(instance: Instance, at: number): void {
    this.book.change(instance, at);
    this.chronicle.note('instance', instance.instance_code, at, instanceThing(instance));
  }

  definitionsChanged(at: number): void {
    const things = this.hand.has.definitions.map(
      (one: Definition) => [one.approval_code, definitionThing(one)] as const,
    );
    this.chronicle.become('definition', at, new Map(things));
  }

  /** When the Base (`app_token`) or table (`app_token/table_id`) last changed in a way that its revision tells. */
  lastLoud(table: string): number {
    return this.#loud.get(table)?.at ?? 0;
  }

  /** `silent`: no revision tells of it. */
  basesChanged(at: number, silent = false): void {
    const { bases } = this.hand.has;
    for (const { app_token, revision, tables } of bases) {
      this.#heard(app_token, revision, at);
      for (const one of tables) this.#heard(`${app_token}/${one.table_id}`, one.revision, at);
    }
    const apps = new Map(bases.map((base) => [base.app_token, appThing(base)]));
    this.chronicle.become('app', at, apps, silent);
    this.chronicle.become('table', at, tableThings(bases), silent);
    this.chronicle.become('field', at, fieldThings(bases), silent);
    this.chronicle.become('record', at, recordThings(bases), silent);
  }

  peopleChanged(at: number): void {
    const { users, departments } = this.hand.has;
    this.chronicle.become('user', at, userThings(users));
    this.chronicle.become('department', at, departmentThings(departments, users));
  }

  punchesChanged(at: number): void {
    const { punches, users } = this.hand.has;
    const { employeeType } = this.#options;
    this.chronicle.become('punch', at, punchThings(punches, users, employeeType));
  }

  #heard(container: string, revision: number, at: number): void {
    if (this.#loud.get(container)?.revision !== revision)
      this.#loud.set(container, { revision, at });
  }
}
