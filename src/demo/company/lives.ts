/** The lives of a table's records: when each is born, edited and deleted. */
import { DAY, HOUR, isWorkday, timeOn } from './calendar.ts';
import { draw } from './random.ts';
import type { TableSpec } from './tables.ts';

/** One record's life; times are epoch ms. */
export interface Life {
  readonly id: string;
  readonly day: number;
  readonly index: number;
  readonly born: number;
  /** In order, all before `dies`. */
  readonly edits: readonly number[];
  readonly dies: number;
}

/** Id of the record born on a day. */
export function recordId(tableId: string, day: number, index: number): string {
  return `rec${draw(tableId, day, index).hex(7)}${day.toString(36)}${index.toString(36)}`;
}

/** The most days that a record of a table can live. */
export function longestLife({ days }: TableSpec): number {
  return Math.ceil(days * 1.2) + 1;
}

/** The records born on a day, in order of birth. */
export function livesOf(seed: string, table: TableSpec, day: number): readonly Life[] {
  const never = table.daily === 0;
  const count = never ? table.fixed : isWorkday(day) ? table.daily : 0;
  return Array.from({ length: count }, (_, index) => {
    const chance = draw(seed, table.tableId, 'life', day, index);
    const hour = 9 + ((index + chance.int(900) / 1000) / count) * 9;
    const born = timeOn(day, hour);
    const life = { id: recordId(table.tableId, day, index), day, index, born };
    if (never) return { ...life, edits: [], dies: Number.POSITIVE_INFINITY };
    const archived = born + Math.round(table.days * DAY * (0.8 + chance.int(400) / 1000));
    const dies = chance.chance(0.05) ? born + chance.int(20) * DAY + HOUR : archived;
    const edits = Array.from({ length: chance.int(5) }, () =>
      Math.round(born + HOUR / 3 + chance.wait(9 * DAY)),
    );
    return { ...life, edits: edits.filter((at) => at < dies).sort((a, b) => a - b), dies };
  });
}
