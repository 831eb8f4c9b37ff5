/** Which records a search gives and in which order. */
import type { BaseRecord, View } from '../company/base.ts';
import type { Condition, Filter, SearchBody } from './base-search-body.ts';

const DAY = 24 * 3600_000;
const BASE_OFFSET = 8 * 3600_000;

/** The records that a search gives, in its order; the view counts only without filter and sort. */
export function searched(
  records: readonly BaseRecord[],
  search: SearchBody,
  view: View | undefined,
): readonly BaseRecord[] {
  const { filter, sort } = search;
  const plain = !filter && sort.length === 0;
  const shows = plain ? view?.shows : undefined;
  const kept =
    shows || filter
      ? records.filter((record) => (!shows || shows(record)) && (!filter || passes(record, filter)))
      : records;
  if (sort.length === 0) return kept;
  return kept.toSorted((a, b) => {
    for (const { field, desc } of sort) {
      const order = compare(
        cell(a, field.field_name, field.type),
        cell(b, field.field_name, field.type),
      );
      if (order !== 0) return desc ? -order : order;
    }
    return 0;
  });
}

function passes(record: BaseRecord, filter: Filter): boolean {
  const results = [
    ...filter.conditions.map((one) => holds(record, one)),
    ...filter.children.map((one) => passes(record, one)),
  ];
  if (results.length === 0) return true;
  return filter.conjunction === 'and' ? results.every(Boolean) : results.some(Boolean);
}

function holds(record: BaseRecord, { field, operator, value }: Condition): boolean {
  const have = cell(record, field.field_name, field.type);
  if (operator === 'isEmpty') return have === undefined;
  if (operator === 'isNotEmpty') return have !== undefined;
  if (field.type === 7) return String(have ?? false) === value[0];
  if (typeof have === 'number') return holdsNumber(have, operator, value, field.type);
  const texts = Array.isArray(have) ? have : have === undefined ? [] : [have];
  const some = value.some((one) => texts.some((text) => String(text).includes(one)));
  const same = texts.length > 0 && texts.join(',') === value.join(',');
  if (operator === 'is') return same;
  if (operator === 'isNot') return !same;
  return operator === 'contains' ? some : !some;
}

function holdsNumber(
  have: number,
  operator: string,
  value: readonly string[],
  type: number,
): boolean {
  const dated = type === 5 || type === 1001 || type === 1002;
  const wanted = dated && value[0] === 'ExactDate' ? dayStart(Number(value[1])) : Number(value[0]);
  const mine = dated ? dayStart(have) : have;
  if (operator === 'is') return mine === wanted;
  if (operator === 'isNot') return mine !== wanted;
  if (operator === 'isGreater') return mine > wanted;
  if (operator === 'isGreaterEqual') return mine >= wanted;
  if (operator === 'isLess') return mine < wanted;
  return operator === 'isLessEqual' && mine <= wanted;
}

function dayStart(time: number): number {
  return Math.floor((time + BASE_OFFSET) / DAY) * DAY - BASE_OFFSET;
}

type Comparable = number | string | boolean | readonly string[] | undefined;

/** A cell as something to compare: numbers and dates as numbers, everything else as its texts. */
function cell(record: BaseRecord, name: string, type: number): Comparable {
  if (type === 1001) return record.created_time;
  if (type === 1002) return record.last_modified_time;
  const value = record.fields[name];
  if (value === undefined || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf);
  return textOf(value);
}

function textOf(part: unknown): string {
  if (typeof part !== 'object' || part === null) return String(part);
  for (const key of ['text', 'name', 'full_address'] as const) {
    const found: unknown = Object.entries(part).find(([name]) => name === key)?.[1];
    if (typeof found === 'string') return found;
  }
  return JSON.stringify(part);
}

function compare(a: Comparable, b: Comparable): number {
  if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
