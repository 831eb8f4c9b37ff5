/** The approval definitions of the demo company, as Lark shows them. */
import type { ApprovalNode, Definition, Widget } from './approval.ts';
import { FORMS, type FormSpec, type WidgetSpec } from './forms.ts';
import type { User } from './people.ts';
import { draw } from './random.ts';

/** Nodes of every definition: key, Chinese, English, kind. */
const NODES: readonly (readonly [string, string, string, ApprovalNode['node_type']])[] = [
  ['manager', '直属上级', 'Manager', 'AND'],
  ['finance', '财务审核', 'Finance', 'OR'],
  ['director', '分管领导', 'Director', 'SEQUENTIAL'],
];
const START: readonly [string, string] = ['发起', 'Start'];

/** node_id of a node of a definition. */
export function nodeId(code: string, key: string): string {
  return draw('node', code, key).hex(32);
}

/** The nodes at which somebody decides, in order. */
export function approverNodes(code: string): readonly ApprovalNode[] {
  return NODES.map(([key, zh, , node_type]) => ({
    name: zh,
    need_approver: true,
    node_id: nodeId(code, key),
    ...(key === 'finance' ? { custom_node_id: 'finance' } : {}),
    node_type,
    approver_chosen_multi: node_type !== 'SEQUENTIAL',
    approver_chosen_range: [{ approver_range_type: 0, approver_range_ids: [] }],
    require_signature: false,
  }));
}

/** The definition of a form, administered by `admin`. */
export function definitionFrom(form: FormSpec, admin: User | undefined): Definition {
  const plain = { need_approver: false, approver_chosen_multi: false, require_signature: false };
  const start: ApprovalNode = {
    ...plain,
    name: START[0],
    node_id: nodeId(form.code, 'start'),
    node_type: 'AND',
  };
  const copy: ApprovalNode = {
    ...plain,
    name: '抄送',
    node_id: nodeId(form.code, 'cc'),
    node_type: 'CC_NODE',
  };
  return {
    approval_code: form.code,
    approval_name: form.name[0],
    status: 'ACTIVE',
    form: form.widgets.map(widget),
    node_list: [start, ...approverNodes(form.code), copy],
    viewers: [{ type: 'TENANT', id: '', user_id: '' }],
    approval_admin_ids: admin ? [admin.open_id] : [],
    translations: { 'en-US': Object.fromEntries(wordsOf(form)) },
  };
}

/** All demo definitions. */
export function demoDefinitions(admin: User | undefined): readonly Definition[] {
  return FORMS.map((form) => definitionFrom(form, admin));
}

function widget(spec: WidgetSpec): Widget {
  const { id, name, type, custom_id, options, children } = spec;
  return {
    id,
    ...(custom_id ? { custom_id } : {}),
    name: name[0],
    type,
    required: type === 'input',
    printable: true,
    visible: true,
    enable_default_value: false,
    widget_default_value: '',
    default_value_type: '',
    display_condition: null,
    ...optionsOf(spec, options),
    ...(children ? { children: children.map(widget) } : {}),
  };
}

/** `option` is whatever the widget's type makes of it: absent, null, a list or an object. */
function optionsOf({ id, type }: WidgetSpec, options: WidgetSpec['options']): object {
  if (options) {
    return { option: options.map(([zh], index) => ({ value: optionKey(id, index), text: zh })) };
  }
  if (type === 'fieldList') return { option: { input_type: 'LIST', mobile_detail_type: 'CARD' } };
  if (type === 'number') return { option: { maxValue: '', minValue: '' } };
  return type === 'text' ? { option: null } : {};
}

/** Key of a widget's option. */
export function optionKey(widgetId: string, index: number): string {
  return `${widgetId.toLowerCase()}-opt${index}`;
}

function wordsOf(form: FormSpec): readonly (readonly [string, string])[] {
  const words = (spec: WidgetSpec): readonly (readonly [string, string])[] => [
    spec.name,
    ...(spec.options ?? []),
    ...(spec.children ?? []).flatMap(words),
  ];
  const nodes = NODES.map(([, zh, en]) => [zh, en] as const);
  return [form.name, START, ['抄送', 'Copied'], ...nodes, ...form.widgets.flatMap(words)];
}
