/** Checks the body of records/search against the table that it searches. */
import type { Field, Table } from '../company/base.ts';
import { isObject, isStrings, type JsonObject } from '../json.ts';
import { fieldViolation, Refusal } from '../refusal.ts';
import { baseRefusal } from './base-access.ts';

/** One comparison. */
export interface Condition {
  readonly field: Field;
  readonly operator: string;
  readonly value: readonly string[];
}

/** Conditions joined by one conjunction, with at most one level below. */
export interface Filter {
  readonly conjunction: 'and' | 'or';
  readonly conditions: readonly Condition[];
  readonly children: readonly Filter[];
}

/** A checked search body. */
export interface SearchBody {
  readonly viewId: string | undefined;
  readonly names: readonly string[] | undefined;
  readonly sort: readonly { readonly field: Field; readonly desc: boolean }[];
  readonly filter: Filter | undefined;
  readonly automatic: boolean;
}

const OPERATORS =
  'is isNot contains doesNotContain isEmpty isNotEmpty isGreater isGreaterEqual isLess isLessEqual';
const DATE_OPERATORS = 'is isEmpty isNotEmpty isGreater isLess';
const DATES = new Set([5, 1001, 1002]);
const UNFILTERABLE = new Set([19, 20]);

/** Reads a body; throws Base's own codes for what breaks its rules. */
export function readSearchBody(body: unknown, table: Table): SearchBody {
  if (typeof body === 'string') throw baseRefusal(1254000, 'WrongRequestJson');
  if (!isObject(body)) throw baseRefusal(1254001, 'WrongRequestBody');
  const viewId = body['view_id'];
  if (viewId !== undefined && typeof viewId !== 'string') {
    throw baseRefusal(1254001, 'WrongRequestBody');
  }
  const automatic = body['automatic_fields'] ?? false;
  if (typeof automatic !== 'boolean') throw baseRefusal(1254001, 'WrongRequestBody');
  return {
    viewId,
    automatic,
    names: readNames(body['field_names'], table),
    sort: readSort(body['sort'], table),
    filter: readFilter(body['filter'], table),
  };
}

function readNames(value: unknown, table: Table): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isStrings(value)) throw baseRefusal(1254024, 'InvalidFieldNames');
  if (value.length > 200) throw fieldViolation('field_names', 'the max len is 200');
  const unknown = value.find((name) => !table.fields.some((field) => field.field_name === name));
  if (unknown !== undefined) throw named(1254045, 'FieldNameNotFound', unknown);
  return value.length > 0 ? value : undefined;
}

function readSort(value: unknown, table: Table): SearchBody['sort'] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.length > 100) throw baseRefusal(1254016, 'InvalidSort');
  return value.map((one: unknown) => {
    const field = isObject(one) ? fieldOf(table, one['field_name']) : undefined;
    if (!field || !isObject(one)) throw baseRefusal(1254016, 'InvalidSort');
    return { field, desc: one['desc'] === true };
  });
}

function readFilter(value: unknown, table: Table, depth = 0): Filter | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw invalid('filter is not an object');
  const { conjunction, conditions = [], children = [] } = parts(value);
  if (conjunction !== 'and' && conjunction !== 'or') throw invalid('conjunction is invalid');
  if (!Array.isArray(conditions) || conditions.length > 50) throw invalid('conditions are invalid');
  if (!Array.isArray(children) || (depth > 0 && children.length > 0)) {
    throw invalid('children are invalid');
  }
  const below = children.map((one: unknown) => readFilter(one, table, depth + 1));
  return {
    conjunction,
    conditions: conditions.map((one: unknown) => readCondition(one, table)),
    children: below.filter((one) => one !== undefined),
  };
}

function parts(value: JsonObject): {
  conjunction?: unknown;
  conditions?: unknown;
  children?: unknown;
} {
  return value;
}

function readCondition(value: unknown, table: Table): Condition {
  const field = isObject(value) ? fieldOf(table, value['field_name']) : undefined;
  if (!isObject(value) || !field) throw invalid('UserCondition field id is invalid');
  const { operator, value: values } = { operator: value['operator'], value: value['value'] };
  if (!isStrings(values) || values.length > 10) throw invalid('value must be at most 10 strings');
  const allowed = DATES.has(field.type) ? DATE_OPERATORS : field.type === 7 ? 'is' : OPERATORS;
  if (typeof operator !== 'string' || !allowed.split(' ').includes(operator)) {
    throw invalid(`fieldType '${field.type}' not support operator`);
  }
  if (UNFILTERABLE.has(field.type)) throw invalid(`fieldType '${field.type}' not support filter`);
  const empty = operator === 'isEmpty' || operator === 'isNotEmpty';
  if (empty !== (values.length === 0)) throw invalid('value does not fit the operator');
  return { field, operator, value: values };
}

function fieldOf(table: Table, name: unknown): Field | undefined {
  return table.fields.find((field) => field.field_name === name);
}

function named(code: number, msg: string, message: string): Refusal {
  return new Refusal(200, code, msg, { data: {}, error: { message } });
}

function invalid(why: string): Refusal {
  return named(1254018, 'InvalidFilter', `Invalid request parameter: '${why}'`);
}
