// What people do to approval instances.

import { advance } from '../../../../src/demo/company/advance.ts';
import type { Instance, Task, Widget } from '../../../../src/demo/company/approval.ts';
import { plainInstance } from '../../../../src/demo/company/plain-approval.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

const minuteMs = 60_000;

/** Submits an instance; some are listed only minutes later. Gives its code. */
export function submit(world: World, at: number): string | undefined {
  const { random, hand } = world;
  const definition = random.pick(hand.has.definitions);
  const user = random.pick(hand.has.users);
  if (definition === undefined || user === undefined) return undefined;
  const number = world.number();
  const given = { form: formOf(random), department_id: 'D1', uuid: `uuid ${number}` };
  const instance = plainInstance(number, definition, user, at, given);
  const late = random.chance(0.2) ? random.int(1, 4 * minuteMs) : 0;
  world.addInstance(instance, at + late);
  return instance.instance_code;
}

export function approve(world: World, at: number): void {
  move(world, at, isOpen, (instance) => advance(instance, 'approve', at));
}

export function reject(world: World, at: number): void {
  move(world, at, isOpen, (instance) => advance(instance, 'reject', at));
}

export function withdraw(world: World, at: number): void {
  move(world, at, isOpen, (instance) => advance(instance, 'cancel', at));
}

export function revoke(world: World, at: number): void {
  const isApproved = ({ status }: Instance): boolean => status === 'APPROVED';
  move(world, at, isApproved, (instance) => advance(instance, 'revert', at));
}

/** The present step is approved, and another one begins. */
export function proceed(world: World, at: number): void {
  move(world, at, isOpen, (instance) =>
    handOn(world, instance, { status: 'APPROVED', told: 'PASS', at }),
  );
}

/** Back to an earlier step: new tasks with new ids. */
export function rollBack(world: World, at: number): void {
  move(world, at, isOpen, (instance) =>
    handOn(world, instance, { status: 'DONE', told: 'ROLLBACK_SELECTED', at }),
  );
}

/** Comments come in any state, also long after the end. */
export function comment(world: World, at: number): void {
  move(
    world,
    at,
    () => true,
    ({ comment_list, user_id, open_id }) => {
      const create_time = String(Math.floor(at / 1000) * 1000);
      const text = world.random.one('好的', 'please hurry\n"now"', 'tab\there \\N');
      comment_list.push({
        id: `72${world.number()}`,
        user_id,
        open_id,
        comment: text,
        create_time,
      });
    },
  );
}

/** An approver changes the form, which no search tells of. */
export function editForm(world: World, at: number): void {
  move(world, at, isOpen, (instance) => {
    instance.form = formOf(world.random);
  });
}

export function redefine(world: World, at: number): void {
  const definition = world.random.pick(world.hand.has.definitions);
  if (definition === undefined) return;
  definition.approval_name = `审批 ${at}`;
  world.definitionsChanged(at);
}

function isOpen({ status }: Instance): boolean {
  return status === 'PENDING';
}

function move(
  world: World,
  at: number,
  may: (instance: Instance) => boolean,
  change: (instance: Instance) => void,
): void {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const instance = world.draft(world.random.pick(world.book.codes));
    if (instance === undefined || !may(instance) || Number(instance.start_time) >= at) continue;
    change(instance);
    world.deeds.push(`  ${instance.instance_code}`);
    world.changeInstance(instance, at);
    return;
  }
}

interface Step {
  readonly status: Task['status'];
  readonly told: string;
  readonly at: number;
}

function handOn(world: World, instance: Instance, { status, told, at }: Step): void {
  const { task_list: tasks, timeline } = instance;
  const present = tasks.find((task) => task.status === 'PENDING');
  if (present === undefined) return;
  const next = { ...present, id: `7100${world.number()}`, start_time: String(at) };
  Object.assign(present, { status, end_time: String(at) });
  tasks.push(next);
  const { user_id, open_id, node_id, id } = present;
  const who = { user_id, open_id, task_id: id, node_key: node_id };
  timeline.push({ ...who, type: told, create_time: String(at), comment: '', ext: '{}' });
}

function formOf(random: Random): Widget[] {
  const amount = (): Widget => ({
    id: 'w2',
    name: '金额',
    type: 'amount',
    value: random.int(1, 1e6) / 4,
  });
  const text = (): Widget => ({
    id: 'w1',
    name: '事由',
    type: 'input',
    value: random.one('', 'trip', '出差 "x"'),
  });
  const rows = Array.from({ length: random.int(0, 3) }, () => [text(), amount()]);
  const extras: Widget[] = [
    { id: 'w3', name: '日期', type: 'date', value: '2026-01-02T08:00:00+08:00' },
    { id: 'w4', name: '抄送', type: 'input', custom_id: 'cc' },
    { id: 'w5', name: '类别', type: 'checkboxV2', value: ['甲', '乙'] },
    { id: 'w6', name: '明细', type: 'fieldList', value: rows },
  ];
  return [text(), amount(), ...extras.filter(() => random.chance(0.5))];
}
