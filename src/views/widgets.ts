// The columns that a widget of an approval form becomes, by its type.
// https://open.larksuite.com/document/server-docs/approval-v4/instance/get

import { read } from './functions.ts';

export interface WidgetColumn {
  /** Follows the name of the widget. */
  readonly suffix: string;
  /** The column of approval_fields that it comes from. */
  readonly from: 'value' | 'value_text' | 'value_number' | 'value_time';
  /** What the column holds, as a part of its comment. */
  readonly holds: string;
  /** An SQL expression over the value; the value itself unless given. */
  read?(value: string): string;
}

const numbers = new Set(['number', 'amount', 'formula']);
const lists = new Set(['checkbox', 'checkboxV2', 'contact', 'connect']);
const spans = new Set(['dateInterval', 'leaveGroup', 'leaveGroupV2', 'workGroup']);

/** A list of lines has no column, but a view of its own. A widget of an unknown type is read as a text. */
export function widgetColumns(
  views: string,
  { type }: { readonly type: string },
): readonly WidgetColumn[] {
  if (type === 'fieldList') return [];
  if (numbers.has(type)) return [{ suffix: '', from: 'value_number', holds: 'number' }];
  if (type === 'date') return [{ suffix: '', from: 'value_time', holds: 'time' }];
  if (spans.has(type)) return spanColumns(views, type);
  if (!lists.has(type)) return [{ suffix: '', from: 'value_text', holds: 'text' }];
  const texts = (value: string): string => read(views, 'cell_texts', value);
  return [
    { suffix: '', from: 'value', holds: type === 'contact' ? 'user ids' : 'texts', read: texts },
  ];
}

function spanColumns(views: string, type: string): readonly WidgetColumn[] {
  const time = (suffix: string, holds: string): WidgetColumn => ({
    suffix: `_${suffix}`,
    from: 'value',
    holds,
    read: (value) => read(views, 'text_time', `${value} -> '${suffix}'`),
  });
  const kind: WidgetColumn = {
    suffix: '',
    from: 'value',
    holds: 'kind',
    read: (value) => `${value} ->> 'name'`,
  };
  return [
    ...(type === 'dateInterval' ? [] : [kind]),
    time('start', 'when it begins'),
    time('end', 'when it ends'),
    {
      suffix: '_interval',
      from: 'value',
      holds: 'its length, in days unless the form says hours',
      read: (value) => read(views, 'cell_number', `${value} -> 'interval'`),
    },
  ];
}
