// Numbers as people read them in the table and in the chart.

import type { Figure } from '../figure.ts';

export function written(value: number, { unit }: Pick<Figure, 'unit'>): string {
  return unit === 'x' ? `${short(value)}x` : `${short(value)} ${unit}`;
}

/** Three digits, or all that stand before the point. */
function short(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return Number(value.toPrecision(3)).toString();
}

/** The bar as a condition. */
export function barOf(figure: Figure): string {
  if (figure.bar === undefined) return '-';
  return `${figure.better === 'more' ? '>=' : '<='} ${written(figure.bar, figure)}`;
}
