/** Filled-in widgets of demo instances: every type of Lark's form with the value shape it has. */
import { digits } from '../json.ts';
import type { Widget } from './approval.ts';
import { DAY, timeOn, zoned } from './calendar.ts';
import { optionKey } from './definitions.ts';
import type { WidgetSpec } from './forms.ts';
import { GOODS, REMARKS } from './names.ts';
import type { Department, User } from './people.ts';
import type { Draw } from './random.ts';
import { table } from './widget-table.ts';

/** What a form is filled in with. */
export interface Filling {
  readonly draw: Draw;
  readonly day: number;
  readonly people: readonly User[];
  readonly departments: readonly Department[];
  /** Codes and serial numbers of earlier instances. */
  readonly earlier: readonly { readonly code: string; readonly serial: string }[];
}

type Fill = (spec: WidgetSpec, filling: Filling) => Record<string, unknown>;

const OFFSET = { timezoneOffset: -480 };
const ALWAYS = new Set(['input', 'amount', 'fieldList', 'leaveGroupV2']);

/** One widget with its value; optional ones are left empty now and then. */
export function fill(spec: WidgetSpec, filling: Filling): Widget {
  const { id, name, type, custom_id } = spec;
  const widget = { id, ...(custom_id ? { custom_id } : {}), name: name[0], type };
  if (!ALWAYS.has(type) && filling.draw.chance(0.12)) return { ...widget, ext: null };
  return { ...widget, ext: null, ...FILLS[type]?.(spec, filling) };
}

const span = ({ draw, day }: Filling): { start: string; end: string; interval: number } => {
  const interval = draw.between(1, 10) / 2;
  const start = timeOn(day + draw.int(20), 9);
  return { start: zoned(start), end: zoned(start + interval * DAY), interval };
};

const amount: Fill = (_spec, { draw }) => ({
  value: draw.chance(0.03)
    ? digits('9007199254740993.12')
    : Number(`${draw.between(10, 40_000)}.${draw.decimal(2)}`),
  ext: {
    capitalValue: '壹佰元整',
    currency: 'CNY',
    currencyRange: ['CNY', 'USD', 'SGD'],
    maxValue: '',
    minValue: '',
  },
});

const files =
  (suffix: string): Fill =>
  (_spec, { draw }) => {
    const count = draw.between(1, 3);
    const names = Array.from({ length: count }, (_, index) => `发票 ${index + 1}, final.${suffix}`);
    const value = names.map(() => `boxcn${draw.hex(22)}`);
    return suffix === 'png' && draw.chance(0.3) ? { value } : { value, ext: names.join(',') };
  };

const radio: Fill = ({ id, options = [] }, { draw }) => {
  const index = draw.int(options.length);
  const text = options[index]?.[0] ?? '';
  return { value: text, option: { key: optionKey(id, index), text } };
};

const checkbox: Fill = ({ id, options = [] }, { draw }) => {
  const chosen = options.map(([text], index) => ({ key: optionKey(id, index), text }));
  const option = chosen.filter(() => draw.chance(0.5));
  return { value: option.map((one) => one.text), option };
};

const FILLS: Readonly<Record<string, Fill>> = {
  input: (_spec, { draw }) => ({ value: `${draw.pick(GOODS)} #${draw.int(1000)}` }),
  textarea: (_spec, { draw }) => ({ value: `${draw.pick(REMARKS)}\n${draw.pick(REMARKS)}` }),
  text: () => ({ value: '请在 30 天内报销。\nClaim within 30 days.' }),
  number: (_spec, { draw }) => ({
    value: draw.chance(0.02) ? digits('12345678901234567890') : draw.between(1, 500) / 4,
  }),
  amount,
  formula: (_spec, { draw }) => ({
    value: draw.between(100, 9_000_000) / 100,
    ext: { capitalValue: '' },
  }),
  date: (_spec, { draw, day }) => ({ value: zoned(timeOn(day - draw.int(30), 0)), ...OFFSET }),
  dateInterval: (_spec, filling) => ({ value: span(filling), ...OFFSET }),
  radio,
  radioV2: radio,
  checkbox,
  checkboxV2: checkbox,
  contact: (_spec, { draw, people }) => {
    const chosen = [draw.pick(people), draw.pick(people)];
    return { value: chosen.map((one) => one.user_id), open_ids: chosen.map((one) => one.open_id) };
  },
  department: (_spec, { draw, departments }) => {
    const { open_department_id, name } = draw.pick(departments);
    return { value: [{ open_id: open_department_id, name }], ext: {} };
  },
  connect: (_spec, { draw, earlier }) => {
    if (earlier.length === 0) return {};
    const { code, serial } = draw.pick(earlier);
    return { value: [code], ext: { serialIDs: serial } };
  },
  address: (_spec, { draw }) => ({
    value: `中国/浙江省/杭州市/西湖区/文一西路 ${draw.int(999)} 号`,
  }),
  attachment: files('pdf'),
  attachmentV2: files('pdf'),
  image: files('png'),
  imageV2: files('png'),
  document: (_spec, { draw }) => ({
    value: {
      token: `doxcn${draw.hex(22)}`,
      type: 'docx',
      title: '采购合同 "v2"',
      url: 'https://tenant.invalid/docx/1',
    },
  }),
  telephone: (_spec, { draw }) => ({
    value: { country_code: '+86', national_number: `138${draw.decimal(8)}` },
  }),
  fieldList: (spec, filling) => table(spec, filling.draw, (child) => fill(child, filling)),
  mutableGroup: (_spec, { draw }) => ({
    value: { records: [{ 供应商: draw.pick(GOODS), 评级: draw.int(5) }] },
  }),
  leaveGroup: (_spec, filling) => ({ value: { name: '事假', ...span(filling) } }),
  leaveGroupV2: (_spec, filling) => ({
    value: { name: '年假', ...span(filling), unit: 'DAY', reason: filling.draw.pick(REMARKS) },
  }),
  workGroup: (_spec, filling) => ({ value: { name: '加班', ...span(filling), reason: '上线' } }),
  remedyGroup: (_spec, { day }) => ({ value: { time: zoned(timeOn(day, 9)), reason: '忘记打卡' } }),
  shiftGroup: (_spec, { day }) => ({
    value: { shiftTime: zoned(timeOn(day)), returnTime: zoned(timeOn(day + 7)), reason: '换班' },
  }),
  tripGroup: (_spec, filling) => {
    const { interval } = span(filling);
    const leg = { ...span(filling), departure: '上海', destination: 'Singapore' };
    const how = { transport: '飞机', oneRound: '往返', remark: '' };
    const peer = [filling.draw.pick(filling.people).user_id];
    return { value: { schedule: [{ ...leg, ...how }], interval, reason: '客户拜访', peer } };
  },
  outGroup: (_spec, filling) => ({ value: { ...span(filling), reason: '外出' } }),
  account: (_spec, { draw }) => ({
    value: { account_name: '张三', account_number: draw.decimal(19), bank: '招商银行' },
  }),
  location: (_spec, { draw }) => ({ value: `120.0${draw.decimal(4)},30.2${draw.decimal(4)}` }),
  serialNumber: (_spec, { draw }) => ({ value: `SN-${draw.decimal(20)}` }),
};
