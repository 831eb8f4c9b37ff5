/** The demo company's tables: how many records they gain a day and how long those live. */
import {
  CUSTOMERS_TABLE,
  EVERYTHING_TABLE,
  ORDERS_TABLE,
  PRODUCTS_TABLE,
  ROADMAP_BASE,
  ROADMAP_TABLE,
  SALES_BASE,
} from '../constants.ts';
import type { View } from './base.ts';
import {
  CUSTOMER_FIELDS,
  EVERYTHING_FIELDS,
  type FieldSpec,
  fieldsOf,
  ORDER_FIELDS,
  PRODUCT_FIELDS,
  ROADMAP_FIELDS,
} from './fields.ts';

/** A table by its rates; in the long run it holds about daily * days * 5 / 7 records. */
export interface TableSpec {
  readonly appToken: string;
  readonly tableId: string;
  readonly name: string;
  readonly fields: readonly FieldSpec[];
  readonly views: readonly View[];
  /** New records each workday; 0 is a table that never changes. */
  readonly daily: number;
  /** Days that a record lives before it is archived, that is, deleted. */
  readonly days: number;
  /** Records of a table that never changes. */
  readonly fixed: number;
}

function grid(tableId: string): View {
  return {
    view_id: `vew${tableId.slice(-7)}0`,
    view_name: '表格 Grid',
    view_type: 'grid',
    view_public_level: 'Public',
  };
}

function done(tableId: string): View {
  return {
    view_id: `vew${tableId.slice(-7)}1`,
    view_name: '已完成 Done',
    view_type: 'kanban',
    view_public_level: 'Locked',
    hides: ['备注 "Remarks"', '标签'],
    shows: ({ fields }) => fields['状态 Status'] === '已完成 Done',
  };
}

/** Every table of the demo company. */
export const TABLES: readonly TableSpec[] = [
  {
    appToken: SALES_BASE,
    tableId: ORDERS_TABLE,
    name: '订单 Orders',
    fields: fieldsOf(ORDERS_TABLE, ORDER_FIELDS),
    views: [grid(ORDERS_TABLE), done(ORDERS_TABLE)],
    daily: 20,
    days: 84,
    fixed: 0,
  },
  {
    appToken: SALES_BASE,
    tableId: CUSTOMERS_TABLE,
    name: '客户 Customers',
    fields: fieldsOf(CUSTOMERS_TABLE, CUSTOMER_FIELDS),
    views: [grid(CUSTOMERS_TABLE)],
    daily: 1,
    days: 280,
    fixed: 0,
  },
  {
    appToken: SALES_BASE,
    tableId: PRODUCTS_TABLE,
    name: '产品 Products',
    fields: fieldsOf(PRODUCTS_TABLE, PRODUCT_FIELDS),
    views: [grid(PRODUCTS_TABLE)],
    daily: 0,
    days: 0,
    fixed: 80,
  },
  {
    appToken: SALES_BASE,
    tableId: EVERYTHING_TABLE,
    name: '全部类型 Everything',
    fields: fieldsOf(EVERYTHING_TABLE, EVERYTHING_FIELDS),
    views: [grid(EVERYTHING_TABLE)],
    daily: 1,
    days: 84,
    fixed: 0,
  },
  {
    appToken: ROADMAP_BASE,
    tableId: ROADMAP_TABLE,
    name: '路线图 Roadmap',
    fields: fieldsOf(ROADMAP_TABLE, ROADMAP_FIELDS),
    views: [grid(ROADMAP_TABLE)],
    daily: 5,
    days: 84,
    fixed: 0,
  },
];
