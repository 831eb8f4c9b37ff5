/** The fate of one demo instance: all steps that it will take, from its start to its last comment. */
import type { ApprovalNode } from './approval.ts';
import { DAY, HOUR, MINUTE } from './calendar.ts';
import { REMARKS } from './names.ts';
import type { User } from './people.ts';
import type { Draw } from './random.ts';
import { closed, commented, reverted, row, type Step, told } from './steps.ts';
import { type Leaving, snowflake, stepsAt } from './visits.ts';

/** What decides the fate. */
export interface Fate {
  readonly draw: Draw;
  /** Epoch ms. */
  readonly start: number;
  readonly initiator: User;
  readonly people: readonly User[];
  readonly nodes: readonly ApprovalNode[];
  /** The node that rollbacks return to. */
  readonly startNode: ApprovalNode;
}

interface Ending {
  readonly percent: number;
  /** How the last node is left. */
  readonly leaving: Leaving;
  readonly status: 'APPROVED' | 'REJECTED' | 'CANCELED' | 'DELETED' | 'PENDING';
  /** Takes weeks. */
  readonly slow?: boolean;
  /** Is revoked days after its approval. */
  readonly revoked?: boolean;
}

const APPROVED: Ending = { percent: 64, leaving: 'pass', status: 'APPROVED' };
const ENDINGS: readonly Ending[] = [
  APPROVED,
  { percent: 8, leaving: 'reject', status: 'REJECTED' },
  { percent: 6, leaving: 'rollback', status: 'APPROVED' },
  { percent: 5, leaving: 'transfer', status: 'APPROVED' },
  { percent: 6, leaving: 'open', status: 'CANCELED' },
  { percent: 5, leaving: 'pass', status: 'APPROVED', revoked: true },
  { percent: 3, leaving: 'pass', status: 'APPROVED', slow: true },
  { percent: 2, leaving: 'open', status: 'PENDING', slow: true },
  { percent: 1, leaving: 'open', status: 'DELETED' },
];

/** All steps in order of time. */
export function planOf(fate: Fate): readonly Step[] {
  const ending = endingOf(fate.draw);
  const start = told(row('START', fate.start, fate.initiator));
  const steps = [start, ...walk(fate, ending), ...comments(fate, ending)];
  return steps.toSorted((a, b) => a.at - b.at);
}

function endingOf(draw: Draw): Ending {
  let left = draw.int(100);
  for (const ending of ENDINGS) {
    if (left < ending.percent) return ending;
    left -= ending.percent;
  }
  return APPROVED;
}

/** From node to node; the last one is left as the ending has it. */
function walk(fate: Fate, ending: Ending): readonly Step[] {
  const { draw, nodes } = fate;
  const last = draw.between(0, nodes.length - 1);
  const steps: Step[] = [];
  let at = fate.start + draw.between(100, 900);
  for (const [index, node] of nodes.slice(0, last + 1).entries()) {
    const slow = ending.slow && index === last ? draw.between(18, 40) * DAY : 0;
    const end = Math.round(at + 3 * MINUTE + draw.wait(7 * HOUR) + slow);
    steps.push(...stepsAt({ ...fate, node, at, end }, index < last ? 'pass' : ending.leaving));
    at = end;
  }
  return [...steps, ...finish(fate, ending, at)];
}

function finish(fate: Fate, { status, revoked }: Ending, at: number): readonly Step[] {
  const { draw, initiator } = fate;
  const end = at + draw.between(24, 103);
  if (status === 'PENDING') return [];
  if (status === 'CANCELED') return [closed(end, status, row('CANCEL', end, initiator))];
  if (status === 'DELETED') return [closed(end, status, row('DELETE', end, initiator))];
  if (status === 'REJECTED') return [closed(end, status)];
  const late = revoked ? [reverted(end + draw.between(1, 25) * DAY, initiator)] : [];
  return [closed(end, status), ...(draw.chance(0.3) ? [copied(fate, end + 5)] : []), ...late];
}

function copied({ draw, people, initiator }: Fate, at: number): Step {
  const { user_id, open_id } = draw.pick(people);
  const cc_user_list = [{ user_id, cc_id: snowflake(draw), open_id }];
  const ext = JSON.stringify({ user_id, open_id });
  return told(row('CC', at, initiator, { cc_user_list, ext }));
}

function comments({ draw, start, people }: Fate, { status }: Ending): readonly Step[] {
  const count = draw.chance(status === 'REJECTED' ? 0.5 : 0.2) ? draw.between(1, 3) : 0;
  return Array.from({ length: count }, () => {
    const at = start + Math.round(HOUR / 2 + draw.wait(3 * DAY));
    const file = { token: `boxcn${draw.hex(22)}`, file_size: draw.between(1000, 9_000_000) };
    const files = draw.chance(0.2) ? [{ ...file, title: '凭证.png', type: 'image' as const }] : [];
    return commented(at, snowflake(draw), draw.pick(people), draw.pick(REMARKS), files);
  });
}
