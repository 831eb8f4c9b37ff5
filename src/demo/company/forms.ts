/** The forms of the three demo definitions: widgets with their options, in both languages. */
import { EXPENSE_CODE, LEAVE_CODE, PURCHASE_CODE } from '../constants.ts';

/** One widget of a definition. */
export interface WidgetSpec {
  readonly id: string;
  /** Chinese, then English. */
  readonly name: readonly [string, string];
  readonly type: string;
  readonly custom_id?: string;
  readonly options?: readonly (readonly [string, string])[];
  /** Columns of a fieldList. */
  readonly children?: readonly WidgetSpec[];
}

/** One demo definition. */
export interface FormSpec {
  readonly code: string;
  readonly name: readonly [string, string];
  readonly widgets: readonly WidgetSpec[];
}

type Line = readonly [string, string, string, string?];

const WAYS: WidgetSpec['options'] = [
  ['银行转账', 'Bank transfer'],
  ['现金', 'Cash'],
  ['公司卡', 'Company card'],
];
const KINDS: WidgetSpec['options'] = [
  ['差旅', 'Travel'],
  ['餐饮', 'Meals'],
  ['办公', 'Office'],
  ['其他', 'Other'],
];
const URGENCY: WidgetSpec['options'] = [
  ['紧急', 'Urgent'],
  ['普通', 'Normal'],
];
const OPTIONS: Readonly<Record<string, WidgetSpec['options']>> = {
  radioV2: WAYS,
  radio: URGENCY,
  checkboxV2: KINDS,
  checkbox: KINDS,
};

/** id, name and type of each widget; the rest follows from the type. */
function widgets(
  prefix: string,
  lines: readonly Line[],
  children: readonly Line[],
): readonly WidgetSpec[] {
  return lines.map(([zh, en, type, custom_id], index) => {
    const options = OPTIONS[type];
    return {
      id: `widget${prefix}${String(index + 1).padStart(2, '0')}`,
      name: [zh, en] as const,
      type,
      ...(custom_id ? { custom_id } : {}),
      ...(options ? { options } : {}),
      ...(type === 'fieldList' ? { children: widgets(`${prefix}L`, children, []) } : {}),
    };
  });
}

const EXPENSE = widgets(
  'E',
  [
    ['报销事由', 'Reason', 'input', 'reason'],
    ['详细说明', 'Details', 'textarea'],
    ['填写须知', 'Please note', 'text'],
    ['总金额', 'Total amount', 'amount', 'total'],
    ['折算金额', 'Converted amount', 'formula'],
    ['报销日期', 'Date', 'date'],
    ['付款方式', 'Payment', 'radioV2'],
    ['费用类别', 'Categories', 'checkboxV2'],
    ['同行人', 'Companions', 'contact'],
    ['费用部门', 'Cost centre', 'department'],
    ['关联审批', 'Related requests', 'connect'],
    ['发票', 'Invoices', 'attachmentV2'],
    ['照片', 'Photos', 'imageV2'],
    ['费用明细', 'Items', 'fieldList', 'items'],
    ['收款账户', 'Bank account', 'account'],
    ['单号', 'Number', 'serialNumber'],
  ],
  [
    ['日期', 'Day', 'date'],
    ['摘要', 'Summary', 'input'],
    ['金额', 'Amount', 'amount'],
    ['数量', 'Quantity', 'number'],
    ['支付方式', 'Paid by', 'radioV2'],
  ],
);

const LEAVE = widgets(
  'L',
  [
    ['请假', 'Leave', 'leaveGroupV2'],
    ['旧版请假', 'Leave (old)', 'leaveGroup'],
    ['原因', 'Reason', 'textarea', 'reason'],
    ['证明', 'Proof', 'image'],
    ['交接时间', 'Handover', 'dateInterval'],
    ['交接人', 'Deputy', 'contact'],
    ['联系电话', 'Phone', 'telephone'],
    ['目的地', 'Destination', 'address'],
    ['当前位置', 'Location', 'location'],
    ['出差', 'Trip', 'tripGroup'],
    ['补卡', 'Correction', 'remedyGroup'],
    ['换班', 'Shift change', 'shiftGroup'],
    ['加班', 'Overtime', 'workGroup'],
    ['外出', 'Out of office', 'outGroup'],
  ],
  [],
);

const PURCHASE = widgets(
  'P',
  [
    ['品名', 'Article', 'input', 'article'],
    ['数量', 'Quantity', 'number'],
    ['预算', 'Budget', 'amount', 'budget'],
    ['含税合计', 'Total with tax', 'formula'],
    ['优先级', 'Priority', 'radio'],
    ['用途', 'Purpose', 'checkbox'],
    ['报价单', 'Quotations', 'attachment'],
    ['合同', 'Contract', 'document'],
    ['收货地址', 'Deliver to', 'address'],
    ['供应商资料', 'Supplier record', 'mutableGroup'],
    ['供应商电话', 'Supplier phone', 'telephone'],
    ['采购清单', 'List', 'fieldList', 'list'],
    ['备注', 'Remarks', 'textarea'],
  ],
  [
    ['物品', 'Thing', 'input'],
    ['单价', 'Unit price', 'amount'],
    ['件数', 'Pieces', 'number'],
  ],
);

/** The demo company's definitions. */
export const FORMS: readonly FormSpec[] = [
  { code: EXPENSE_CODE, name: ['费用报销', 'Expense claim'], widgets: EXPENSE },
  { code: LEAVE_CODE, name: ['请假申请', 'Leave request'], widgets: LEAVE },
  { code: PURCHASE_CODE, name: ['采购申请', 'Purchase request'], widgets: PURCHASE },
];
