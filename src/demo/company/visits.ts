/** One approval node of a demo instance: the tasks that open there and how they end. */
import type { ApprovalNode, TimelineEntry } from './approval.ts';
import { REMARKS } from './names.ts';
import type { User } from './people.ts';
import type { Draw } from './random.ts';
import { decided, edited, opened, row, type Step } from './steps.ts';

/** How a node is left; 'open' leaves its task open. */
export type Leaving = 'pass' | 'reject' | 'transfer' | 'rollback' | 'open';

/** What happens at a node between `at` and `end`, epoch ms. */
export interface Visit {
  readonly draw: Draw;
  readonly node: ApprovalNode;
  /** The node that rollbacks return to. */
  readonly startNode: ApprovalNode;
  readonly initiator: User;
  readonly people: readonly User[];
  readonly at: number;
  readonly end: number;
}

const WAYS: Readonly<Record<Leaving, (visit: Visit, id: string, who: User) => readonly Step[]>> = {
  open: () => [],
  pass: passed,
  reject({ draw, node, end }, id, who) {
    const comment = draw.pick(REMARKS);
    const entry = row('REJECT', end, who, { task_id: id, comment, node_key: node.node_id });
    return [decided(end, id, 'REJECTED', entry)];
  },
  transfer: handed,
  rollback: sentBack,
};

/** The steps of a visit. */
export function stepsAt(visit: Visit, leaving: Leaving): readonly Step[] {
  const id = snowflake(visit.draw);
  const who = visit.draw.pick(visit.people);
  return [opened(visit.at, id, visit.node, who), ...WAYS[leaving](visit, id, who)];
}

/** A 19-digit id. */
export function snowflake(draw: Draw): string {
  return `7${draw.decimal(18)}`;
}

function pass(visit: Visit, at: number, id: string, who: User, comment: string): TimelineEntry {
  return row('PASS', at, who, { task_id: id, comment, node_key: visit.node.node_id });
}

/** With several approvers all of an AND node pass, and the first of an OR node ends the others. */
function passed(visit: Visit, id: string, who: User): readonly Step[] {
  const { draw, node, people, at, end } = visit;
  const comment = draw.chance(0.3) ? draw.pick(REMARKS) : '';
  const own = decided(end, id, 'APPROVED', pass(visit, end, id, who, comment));
  const change = draw.chance(0.1) ? [edited(end, 'textarea', `已核对 ✔ ${comment}`)] : [];
  if (node.node_type === 'SEQUENTIAL' || draw.chance(0.5)) return [own, ...change];
  const [other, second] = [snowflake(draw), draw.pick(people)];
  const half = at + Math.floor((end - at) / 2);
  const beside =
    node.node_type === 'AND'
      ? decided(half, other, 'APPROVED', pass(visit, half, other, second, ''))
      : decided(end, other, 'DONE');
  return [opened(at, other, node, second), beside, own, ...change];
}

function handed(visit: Visit, id: string, who: User): readonly Step[] {
  const { draw, node, people, at, end } = visit;
  const [other, to] = [snowflake(draw), draw.pick(people)];
  const half = at + Math.floor((end - at) / 2);
  const lists = { user_id_list: [to.user_id], open_id_list: [to.open_id] };
  const extra = { task_id: id, ext: JSON.stringify(lists), ...lists, node_key: node.node_id };
  return [
    decided(half, id, 'TRANSFERRED', row('TRANSFER', half, who, extra)),
    opened(half, other, node, to),
    decided(end, other, 'APPROVED', pass(visit, end, other, to, '')),
  ];
}

/** Back to the initiator and forward again: old tasks stay, a new id appears on the same node. */
function sentBack(visit: Visit, id: string, who: User): readonly Step[] {
  const { draw, node, startNode, initiator, at, end } = visit;
  const [other, again] = [snowflake(draw), snowflake(draw)];
  const [back, forth] = [at + Math.floor((end - at) / 3), at + Math.floor((end - at) / 2)];
  const returned = row('ROLLBACK_SELECTED', back, who, { task_id: id, node_key: node.node_id });
  const resubmitted = row('PASS', forth, initiator, { task_id: other, node_key: 'START' });
  return [
    decided(back, id, 'DONE', returned),
    opened(back, other, startNode, initiator),
    decided(forth, other, 'APPROVED', resubmitted),
    opened(forth, again, node, who),
    decided(end, again, 'APPROVED', pass(visit, end, again, who, '')),
  ];
}
