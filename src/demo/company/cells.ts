/** Cells of the demo tables in the value shapes of records/search; an empty cell is undefined. */
import { digits } from '../json.ts';
import type { Field, Person } from './base.ts';
import { DAY, timeOn } from './calendar.ts';
import { FIRMS, GOODS, REMARKS } from './names.ts';
import type { Draw } from './random.ts';

/** What a cell is drawn from. */
export interface CellContext {
  readonly draw: Draw;
  readonly day: number;
  readonly index: number;
  readonly people: readonly Person[];
  readonly created: number;
  readonly modified: number;
  readonly creator: Person;
  readonly modifier: Person;
  /** Record ids that links may point at. */
  readonly linkable: readonly string[];
}

type Make = (context: CellContext, field: Field) => unknown;

const NEVER_EMPTY = new Set([1001, 1002, 1003, 1004, 1005, 20]);

/** The cell of a field, or undefined when it is empty. */
export function cellOf(field: Field, context: CellContext): unknown {
  const empty = context.draw.chance(0.12);
  if (empty && !field.is_primary && !NEVER_EMPTY.has(field.type)) return undefined;
  return (BY_UI[field.ui_type] ?? BY_TYPE[field.type])?.(context, field);
}

const choices = ({ property }: Field): readonly string[] => {
  const options = property && 'options' in property ? property.options : [];
  return Array.isArray(options) ? options.map(({ name }) => String(name)) : [];
};

const text: Make = ({ draw, day, index }, field) => {
  const main = field.is_primary
    ? `${draw.pick(GOODS)} · ${draw.pick(FIRMS)} ${day}-${index}`
    : draw.pick(REMARKS);
  const plain = { type: 'text', text: main };
  if (field.is_primary || draw.chance(0.8)) return [plain];
  const url = { type: 'url', text: '报价 quote', link: 'https://tenant.invalid/q?a=1&b=2' };
  return [plain, url];
};

const mention: Make = (context, field) => {
  const { draw, people } = context;
  const parts = text(context, field);
  if (!draw.chance(0.3) || !Array.isArray(parts)) return parts;
  const { id, name = '' } = draw.pick(people);
  const who = { mentionNotify: false, mentionType: 'User', name, text: `@${name}`, token: id };
  return [...parts, { type: 'mention', ...who }];
};

const links: Make = ({ draw, linkable }) => {
  if (linkable.length === 0 || draw.chance(0.15)) return { link_record_ids: null };
  return { link_record_ids: [draw.pick(linkable)] };
};

const BY_UI: Readonly<Record<string, Make>> = {
  Text: mention,
  Email: ({ draw }) => {
    const address = `buyer${draw.int(1000)}@customer.invalid`;
    return [{ type: 'url', link: `mailto:${address}`, text: address }];
  },
  Barcode: ({ draw }) => [{ type: 'text', text: `69${draw.decimal(11)}` }],
  Progress: ({ draw }) => draw.int(101) / 100,
  Rating: ({ draw }) => draw.between(1, 5),
  Currency: ({ draw }) =>
    draw.chance(0.01) ? digits('9007199254740993.12') : draw.between(100, 9_000_000) / 100,
};

const BY_TYPE: Readonly<Record<number, Make>> = {
  2: ({ draw }) => (draw.chance(0.02) ? digits('0.12345678901234567890') : draw.int(10_000) / 4),
  3: ({ draw }, field) => draw.pick(choices(field)),
  4: ({ draw }, field) => choices(field).filter(() => draw.chance(0.5)),
  5: ({ draw, day }) => timeOn(day + draw.between(-10, 40)),
  7: ({ draw }) => (draw.chance(0.4) ? undefined : draw.chance(0.7)),
  11: ({ draw, people }) => [draw.pick(people)],
  13: ({ draw }) => `+86138${draw.decimal(8)}`,
  15: ({ draw }) => ({ link: `https://site${draw.int(99)}.invalid/`, text: draw.pick(FIRMS) }),
  17: ({ draw }) => [attachment(draw)],
  18: links,
  19: ({ draw }) => ({ type: 1, value: [{ type: 'text', text: draw.pick(FIRMS) }] }),
  20: ({ draw }) => ({ type: 2, value: [draw.int(100_000) / 100] }),
  21: links,
  22: ({ draw }) => location(draw),
  23: () => [{ id: 'oc_demo', name: '销售群', avatar_url: 'https://avatar.invalid/g' }],
  24: ({ draw }) => draw.pick(['进行中', '已结束']),
  1001: ({ created }) => created,
  1002: ({ modified }) => modified,
  1003: ({ creator }) => [creator],
  1004: ({ modifier }) => [modifier],
  1005: ({ day, index }) => `NO-${day}-${String(index).padStart(3, '0')}`,
};

function attachment(draw: Draw): object {
  const file_token = `boxcn${draw.hex(22)}`;
  const url = `https://open.tenant.invalid/open-apis/drive/v1/medias/${file_token}/download`;
  const tmp_url = `${url}?extra=%7B%22rev%22%3A${draw.int(90)}%7D`;
  return {
    file_token,
    name: '报价, 最终版.pdf',
    size: draw.int(DAY),
    type: 'application/pdf',
    url,
    tmp_url,
  };
}

function location(draw: Draw): object {
  const [pname, cityname, adname] = ['浙江省', '杭州市', '西湖区'];
  const address = `文一西路 ${draw.int(999)} 号`;
  const full_address = `${pname}${cityname}${adname}${address}`;
  const point = `120.${draw.decimal(6)},30.${draw.decimal(6)}`;
  return { location: point, pname, cityname, adname, address, name: '园区', full_address };
}
