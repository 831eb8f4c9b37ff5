/**
 * What a simulated tenant holds. Every object has the shape that Lark gives to an app with every
 * scope, with open_id and open_department_id as references; the endpoints take away and convert.
 */

import type { Definition, Instance } from './approval.ts';
import type { Base, WikiNode } from './base.ts';
import type { Department, Punch, User } from './people.ts';

/** Which instances to look at; all bounds in epoch ms of creation, `from` inclusive, `to` exclusive. */
export interface InstanceFilter {
  readonly approvalCode?: string;
  readonly from?: number;
  readonly to?: number;
}

/** A tenant's data at any time `t` (epoch ms). */
export interface Company {
  definition(code: string, t: number): Definition | undefined;
  /** Instances created up to `t` in the state of `t`, oldest first; without `from` the last 90 days. */
  instances(t: number, filter?: InstanceFilter): readonly Instance[];
  /** By instance code or uuid. */
  instance(code: string, t: number): Instance | undefined;
  base(appToken: string, t: number): Base | undefined;
  wikiNode(token: string, t: number): WikiNode | undefined;
  /** Everybody at work, and who left (status.is_resigned). */
  users(t: number): readonly User[];
  departments(t: number): readonly Department[];
  /** Group ids visible to every app. */
  groups(t: number): readonly string[];
  /** Valid punches with `from` <= check time < `to`, both epoch seconds; `userIds` are user_id. */
  punches(userIds: readonly string[], from: number, to: number, t: number): readonly Punch[];
}
