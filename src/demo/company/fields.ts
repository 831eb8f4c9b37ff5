/** The columns of the demo tables: fields as Lark shows them, marked if edits touch them. */
import { CUSTOMERS_TABLE } from '../constants.ts';
import type { Field } from './base.ts';
import { draw } from './random.ts';

/** A field and whether an edit of its record draws it anew. */
export interface FieldSpec {
  readonly field: Field;
  readonly edited: boolean;
}

/** name, type, ui_type, property, and `true` when edits change it */
export type FieldLine = readonly [string, number, string, (object | null)?, boolean?];

/** The fields of a table from their lines; the first is the primary one. */
export function fieldsOf(tableId: string, lines: readonly FieldLine[]): readonly FieldSpec[] {
  return lines.map(([field_name, type, ui_type, property = null, edited = false], index) => ({
    edited,
    field: {
      field_id: `fld${draw(tableId, field_name).hex(7)}`,
      field_name,
      type,
      ui_type,
      property,
      is_primary: index === 0,
      is_hidden: false,
      ...(index === 1 ? { description: `${field_name}：由系统维护 "kept by the system"` } : {}),
    },
  }));
}

function options(...names: readonly string[]): object {
  return { options: names.map((name, color) => ({ id: `opt${draw(name).hex(7)}`, name, color })) };
}

const date = { date_formatter: 'yyyy/MM/dd', auto_fill: false };
const link = { multiple: true, table_id: CUSTOMERS_TABLE, table_name: '客户 Customers' };

export const ORDER_FIELDS: readonly FieldLine[] = [
  ['订单 Order', 1, 'Text'],
  ['编号', 1005, 'AutoNumber', { auto_serial: { type: 'auto_increment_number', options: [] } }],
  [
    '状态 Status',
    3,
    'SingleSelect',
    options('新建', '已付款', '已发货', '已完成 Done', '已退款'),
    true,
  ],
  ['金额', 2, 'Currency', { formatter: '0.00', currency_code: 'CNY' }, true],
  ['数量', 2, 'Number', { formatter: '0' }],
  ['下单日期', 5, 'DateTime', date],
  ['客户', 18, 'SingleLink', link],
  ['负责人', 11, 'User', { multiple: true }, true],
  ['标签', 4, 'MultiSelect', options('VIP', '加急', 'export', '折扣 -10%')],
  ['已开票', 7, 'Checkbox', null, true],
  ['备注 "Remarks"', 1, 'Text', null, true],
  ['含税', 20, 'Formula', { formatter: '0.00', formula_expression: 'bitable::$table[金额]*1.06' }],
  ['最后更新', 1002, 'ModifiedTime', date],
];

export const CUSTOMER_FIELDS: readonly FieldLine[] = [
  ['名称 Name', 1, 'Text'],
  ['邮箱', 1, 'Email', null, true],
  ['电话', 13, 'Phone'],
  ['官网', 15, 'Url'],
  ['地址', 22, 'Location', { location: { input_type: 'not_limit' } }],
  ['等级', 2, 'Rating', { formatter: '0', min: 1, max: 5, rating: { symbol: 'star' } }, true],
  ['客户经理', 11, 'User', { multiple: false }, true],
];

export const PRODUCT_FIELDS: readonly FieldLine[] = [
  ['产品 Product', 1, 'Text'],
  ['条码', 1, 'Barcode', { allowed_edit_modes: { manual: true, scan: true } }],
  ['单价', 2, 'Number', { formatter: '0.00' }],
  ['在售', 7, 'Checkbox'],
];

export const ROADMAP_FIELDS: readonly FieldLine[] = [
  ['事项 Item', 1, 'Text'],
  ['阶段', 3, 'SingleSelect', options('想法 Idea', '开发 Build', '发布 Ship'), true],
  ['进度', 2, 'Progress', { formatter: '0%', range_customize: true, min: 0, max: 1 }, true],
  ['负责人', 11, 'User', { multiple: true }, true],
  ['截止', 5, 'DateTime', date, true],
  ['说明', 1, 'Text', null, true],
];

/** One field of every type that Lark knows. */
export const EVERYTHING_FIELDS: readonly FieldLine[] = [
  ['文本', 1, 'Text', null, true],
  ['Email', 1, 'Email'],
  ['Barcode', 1, 'Barcode', { allowed_edit_modes: { manual: true, scan: false } }],
  ['数字', 2, 'Number', { formatter: '0.0000' }, true],
  ['进度', 2, 'Progress', { formatter: '0%', min: 0, max: 1 }],
  ['货币', 2, 'Currency', { formatter: '0.00', currency_code: 'SGD' }],
  ['评分', 2, 'Rating', { formatter: '0', min: 1, max: 5, rating: { symbol: 'star' } }],
  ['单选', 3, 'SingleSelect', options('选项1', 'Option 2')],
  ['多选', 4, 'MultiSelect', options('甲', '乙', '丙')],
  ['日期', 5, 'DateTime', date],
  ['复选框', 7, 'Checkbox'],
  ['人员', 11, 'User', { multiple: true }],
  ['电话号码', 13, 'Phone'],
  ['超链接', 15, 'Url'],
  ['附件', 17, 'Attachment'],
  ['单向关联', 18, 'SingleLink', link],
  ['查找引用', 19, 'Lookup'],
  ['公式', 20, 'Formula', { formatter: '0', formula_expression: '1+1' }],
  ['双向关联', 21, 'DuplexLink', { ...link, back_field_id: 'fldback001', back_field_name: '反向' }],
  ['地理位置', 22, 'Location', { location: { input_type: 'only_mobile' } }],
  ['群组', 23, 'GroupChat', { multiple: true }],
  ['流程', 24, 'Stage'],
  ['创建时间', 1001, 'CreatedTime', date],
  ['更新时间', 1002, 'ModifiedTime', date],
  ['创建人', 1003, 'CreatedUser'],
  ['修改人', 1004, 'ModifiedUser'],
  ['自动编号', 1005, 'AutoNumber', { auto_serial: { type: 'custom', options: [] } }],
  ['按钮', 3001, 'Button'],
];
