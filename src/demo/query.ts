/** Reads query parameters the way one endpoint family does, with that family's own refusals. */
import { fieldViolation, type Refusal } from './refusal.ts';

/** What to answer when a parameter is missing or wrong. */
export type OnBad = (parameter: string, why: string) => Refusal;

/** Typed reads of one request's query. */
export interface Query {
  text(name: string): string | undefined;
  required(name: string): string;
  /** Absent or empty: `otherwise`. Outside min..max: refused. */
  int(name: string, range: { min: number; max: number; otherwise: number }): number;
  flag(name: string): boolean;
  /** A parameter repeated in the query; commas do not split. */
  list(name: string): readonly string[];
  oneOf<T extends string>(name: string, allowed: readonly T[], otherwise: T): T;
}

/** Reads `search`, refusing bad values by `onBad`. */
export function readQuery(search: URLSearchParams, onBad: OnBad = fieldViolation): Query {
  const text = (name: string): string | undefined => search.get(name) || undefined;
  return {
    text,
    required(name) {
      const value = text(name);
      if (value === undefined) throw onBad(name, `${name} is required`);
      return value;
    },
    int(name, { min, max, otherwise }) {
      const value = text(name);
      if (value === undefined) return otherwise;
      if (!/^-?\d{1,15}$/.test(value)) throw onBad(name, `${name} is not an integer`);
      const number = Number(value);
      if (number < min) throw onBad(name, `the min value is ${min}`);
      if (number > max) throw onBad(name, `the max value is ${max}`);
      return number;
    },
    flag(name) {
      const value = text(name);
      if (value === undefined || value === 'false') return false;
      if (value === 'true') return true;
      throw onBad(name, `${name} is not a boolean`);
    },
    list: (name) => search.getAll(name).filter((value) => value !== ''),
    oneOf(name, allowed, otherwise) {
      const value = text(name);
      if (value === undefined) return otherwise;
      const found = allowed.find((one) => one === value);
      if (found === undefined) throw onBad(name, `options: ${allowed.join(',')}`);
      return found;
    },
  };
}
