/** The table widget: rows of cells, and totals as text within text. */
import type { Widget } from './approval.ts';
import type { WidgetSpec } from './forms.ts';
import type { Draw } from './random.ts';

/** Rows of a table widget, each cell made by `fill`, and the totals of its columns. */
export function table(
  { children = [] }: WidgetSpec,
  draw: Draw,
  fill: (child: WidgetSpec) => Widget,
): Record<string, unknown> {
  const rows = Array.from({ length: draw.between(1, 5) }, () => children.map(fill));
  const totals = children
    .filter(({ type }) => type === 'amount' || type === 'number')
    .map(({ id, type }) => {
      const cells = rows.flatMap((row) => row.filter((cell) => cell.id === id));
      const sum = cells.reduce((total, cell) => total + numeric(cell['value']), 0);
      const sumItems = JSON.stringify([{ currency: 'CNY', value: sum.toFixed(2) }]);
      return { id, type, value: sum.toFixed(2), ...(type === 'amount' ? { sumItems } : {}) };
    });
  const option = { input_type: 'FORM', mobile_detail_type: 'CARD', print_type: 'FORM' };
  return { value: rows, ext: totals, option };
}

/** What a total adds up: a double, as Lark's totals are made for people and not for books. */
function numeric(value: unknown): number {
  return typeof value === 'object' ? Number(JSON.stringify(value)) : Number(value ?? 0);
}
