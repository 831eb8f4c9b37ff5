/** The demo company's approval instances, born day by day and replayed up to any moment. */
import type { Instance } from './approval.ts';
import { DAY, dateText, dayOf, isWorkday, timeOn } from './calendar.ts';
import type { InstanceFilter } from './company.ts';
import { approverNodes, nodeId } from './definitions.ts';
import { FORMS } from './forms.ts';
import { memo } from './memo.ts';
import { planOf } from './plan.ts';
import { draw } from './random.ts';
import type { Staff } from './staff.ts';
import type { Step } from './steps.ts';
import { fill } from './widgets.ts';

const SEARCHED_DAYS = 90;
const MASK = 0x5a17c3d9;
const GUID = /^([0-9A-F]{8})-[0-9A-F-]{27}$/;

/** Instances at any time. */
export interface Instances {
  list(t: number, filter?: InstanceFilter): readonly Instance[];
  one(code: string, t: number): Instance | undefined;
}

interface Life {
  readonly start: number;
  readonly born: Instance;
  readonly steps: readonly Step[];
}

/** Instances of `seed`, started and decided by `staff`. */
export function makeInstances(seed: string, staff: Staff): Instances {
  const lives = memo((day: number) => livesOf(seed, staff, day), 800);
  return {
    list(t, { approvalCode, from, to } = {}) {
      const first = from ?? t - SEARCHED_DAYS * DAY;
      const end = Math.min(to ?? t + 1, t + 1);
      const days = Math.max(0, dayOf(end) - dayOf(first) + 1);
      return Array.from({ length: days }, (_, index) => lives(dayOf(first) + index))
        .flat()
        .filter(({ start, born }) => {
          const right = approvalCode === undefined || born.approval_code === approvalCode;
          return right && start >= first && start < end;
        })
        .map((life) => stateAt(life, t));
    },
    one(code, t) {
      const place = placeOf(code);
      const life = place && lives(place.day)[place.index];
      if (!life || life.start > t) return undefined;
      const { instance_code, uuid } = life.born;
      return code === instance_code || code === uuid ? stateAt(life, t) : undefined;
    },
  };
}

function stateAt({ born, steps }: Life, t: number): Instance {
  const instance: Instance = {
    ...born,
    form: [...born.form],
    task_list: [],
    timeline: [],
    comment_list: [],
  };
  for (const step of steps) {
    if (step.at > t) break;
    step.change(instance);
  }
  return instance;
}

function livesOf(seed: string, staff: Staff, day: number): readonly Life[] {
  const chance = draw(seed, 'instances', day);
  const count = isWorkday(day) ? chance.between(11, 13) : chance.int(2);
  const starts = Array.from({ length: count }, () => timeOn(day, 8.5) + chance.int(11 * 3_600_000));
  return starts
    .toSorted((a, b) => a - b)
    .map((start, index) => lifeOf(seed, staff, day, index, start));
}

function lifeOf(seed: string, staff: Staff, day: number, index: number, start: number): Life {
  const chance = draw(seed, 'instance', day, index);
  const noon = timeOn(day, 12);
  const people = staff.active(noon);
  const departments = staff.departments(noon);
  const form = chance.pick(FORMS);
  const initiator = chance.pick(people);
  const home = departments.find((one) => one.open_department_id === initiator.department_ids[0]);
  const filling = { draw: chance, day, people, departments, earlier: earlier(seed, day) };
  const code = codeOf(seed, day, index);
  const dropped = chance.chance(0.1) ? chance.int(form.widgets.length - 2) + 2 : -1;
  const born: Instance = {
    approval_code: form.code,
    approval_name: form.name[0],
    instance_code: code,
    serial_number: serialOf(day, index),
    uuid: code.slice(0, 8).toLowerCase(),
    user_id: initiator.user_id,
    open_id: initiator.open_id,
    department_id: home?.department_id ?? '0',
    status: 'PENDING',
    start_time: String(start),
    end_time: '0',
    reverted: false,
    form: form.widgets.filter((_, at) => at !== dropped).map((widget) => fill(widget, filling)),
    task_list: [],
    timeline: [],
    comment_list: [],
    ...(chance.chance(0.02) ? { modified_instance_code: codeOf(seed, day - 1, 0) } : {}),
  };
  const nodes = approverNodes(form.code);
  const [first] = nodes;
  const startNode = { ...(first ?? noNode()), node_id: nodeId(form.code, 'start'), name: '发起' };
  const steps = planOf({ draw: chance, start, initiator, people, nodes, startNode });
  return { start, born, steps };
}

function noNode(): never {
  throw new RangeError('a definition has no node');
}

function earlier(seed: string, day: number): readonly { code: string; serial: string }[] {
  const past = isWorkday(day - 1) ? day - 1 : day - 3;
  return [0, 1, 2].map((index) => ({
    code: codeOf(seed, past, index),
    serial: serialOf(past, index),
  }));
}

function serialOf(day: number, index: number): string {
  return `${dateText(day)}${String(index + 1).padStart(4, '0')}`;
}

/** A GUID whose first group says where to find the instance again. */
function codeOf(seed: string, day: number, index: number): string {
  const place = (((day << 8) | index) ^ MASK) >>> 0;
  const rest = draw(seed, 'code', day, index).hex(24);
  const groups = [rest.slice(0, 4), rest.slice(4, 8), rest.slice(8, 12), rest.slice(12)];
  return [place.toString(16).padStart(8, '0'), ...groups].join('-').toUpperCase();
}

function placeOf(code: string): { day: number; index: number } | undefined {
  const [, group] = GUID.exec(code) ?? [];
  const hex = group ?? (/^[0-9a-f]{8}$/.test(code) ? code : undefined);
  if (hex === undefined) return undefined;
  const place = Number.parseInt(hex, 16) ^ MASK;
  return { day: place >> 8, index: place & 0xff };
}
