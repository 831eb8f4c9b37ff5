// Base records of about 660 bytes: text, numbers, choices, dates, people and links, in Chinese and English.

import { digits, number, type Stamp, stampedList, stampOf } from './stamp.ts';

const pageSize = 500;
/** Pages of larger tables are made when they are asked for: they would take too much memory. */
const mostPrepared = 200_000;

/** A table as it is now, its pages made before the clock starts. */
export class RecordTable {
  readonly records: number;
  #revision = 1;
  /** How often a hundredth of the records was changed. */
  #generation = 0;
  #prepared: readonly Buffer[];

  constructor(records: number) {
    this.records = records;
    this.#prepared = this.#prepare();
  }

  get revision(): number {
    return this.#revision;
  }

  move(changed: boolean): void {
    this.#revision += 1;
    if (!changed) return;
    this.#generation += 1;
    this.#prepared = this.#prepare();
  }

  /** The records from `start` on, as the inside of a list. */
  page(start: number, count: number): Buffer {
    const isWhole = start % pageSize === 0 && count === this.#sizeAt(start);
    const prepared = isWhole ? this.#prepared[start / pageSize] : undefined;
    return prepared ?? recordsOf(this.#generation, start, count);
  }

  #prepare(): readonly Buffer[] {
    if (this.records > mostPrepared) return [];
    return Array.from({ length: Math.ceil(this.records / pageSize) }, (_, page) => {
      const start = page * pageSize;
      return recordsOf(this.#generation, start, this.#sizeAt(start));
    });
  }

  #sizeAt(start: number): number {
    return Math.min(pageSize, this.records - start);
  }
}

const epoch = 1_760_000_000_000;
const names = ['张伟', '王芳', 'Li Na', '刘洋', 'Chen Jie', '杨敏', 'Zhao Lei', '黄丽'];
const states = ['未开始', '进行中', '已完成', 'Blocked'];
const subjects = ['采购合同复核', 'Quarterly review', '客户回访记录', 'Site survey', '设备巡检'];
const remarks = [
  '按计划推进，等待财务确认金额与税率。',
  'Waiting for the supplier\'s answer; call again on Monday.\nSee "annex B".',
  '已与客户确认交付时间，路径 C:\\交付\\2026 已建立。',
  'No remarks',
];

/** Places: 0 the record's number, 1 how often it changed, 2 when it last did. */
const stamps: readonly Stamp[] = Array.from({ length: 100 }, (_, n) => stampOf(recordOf(n)));

function recordOf(n: number): unknown {
  const person = { id: `ou_${hex(n, 32)}`, name: pick(names, n) };
  return {
    record_id: `rec${digits(0, 11)}`,
    fields: {
      任务: [{ text: `${pick(subjects, n)} #${n * 37}`, type: 'text' }],
      状态: pick(states, n),
      金额: (n * 7919 + 13) / 100,
      进度: number(1, 7),
      标签: n % 3 === 0 ? ['重点', 'VIP'] : ['常规'],
      截止日期: epoch + n * 86_400_000,
      负责人: [person],
      备注: [{ text: pick(remarks, n), type: 'text' }],
      链接: { link: `https://example.com/${hex(n, 12)}`, text: `订单 ${n}` },
    },
    created_time: epoch + n * 1000,
    last_modified_time: number(2, 13),
    created_by: person,
    last_modified_by: person,
  };
}

function recordsOf(generation: number, start: number, count: number): Buffer {
  const stampAt = (place: number): Stamp => pick(stamps, start + place);
  return stampedList(count, stampAt, (place) => {
    const changes = lastChange(start + place, generation);
    return [start + place, 1_000_000 + changes, epoch + changes * 60_000];
  });
}

/** The last generation that changed the record: each changes a hundredth, spread over all pages. */
function lastChange(record: number, generation: number): number {
  const last = generation - ((((generation - record) % 100) + 100) % 100);
  return Math.max(0, last);
}

function pick<T>(list: readonly [T, ...T[]] | readonly T[], n: number): T {
  const found = list[n % list.length];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}

function hex(n: number, width: number): string {
  return ((n + 1) * 0x9e37_79b1).toString(16).padStart(width, '5').slice(-width);
}
