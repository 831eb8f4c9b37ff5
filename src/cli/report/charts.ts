// The kinds of charts of a report, as options of echarts. Colours are variables of the page, for both themes.

import type { EChartsCoreOption } from 'echarts/core';
import type { Size } from './draw.ts';
import { compact } from './figures.ts';

export interface Series {
  /** A CSS variable, e.g. --c1. */
  readonly color: string;
  /** One a category. */
  readonly values: readonly number[];
}

export type Option = (size: Size) => EChartsCoreOption;

const text = 'var(--soft)';
const faint = 'var(--grid)';

/** Bars upon one another; what is higher than `top` is cut off there. */
export function stackedBars(
  categories: readonly string[],
  series: readonly Series[],
  top?: number,
): Option {
  return (size) => ({
    ...plane(categories, size),
    yAxis: top === undefined ? valueAxis : upTo(top),
    series: series.map(({ color, values }) => ({
      type: 'bar',
      stack: 'all',
      data: [...values],
      itemStyle: { color: `var(${color})` },
      barCategoryGap: '24%',
    })),
  });
}

/** Bars of colours of their own. */
export function singleBars(
  categories: readonly string[],
  bars: readonly { readonly value: number; readonly color: string }[],
): Option {
  return (size) => ({
    ...plane(categories, size),
    series: [
      {
        type: 'bar',
        data: bars.map(({ value, color }) => ({ value, itemStyle: { color: `var(${color})` } })),
        barCategoryGap: '24%',
        barMinHeight: 1,
      },
    ],
  });
}

/** A line that grows towards a limit, which is dashed; null: not known yet. */
export function growth(
  categories: readonly string[],
  values: readonly (number | null)[],
  limit: number,
): Option {
  return (size) => ({
    ...plane(categories, size),
    yAxis: upTo(Math.max(limit * 1.1, ...values.map((value) => value ?? 0))),
    series: [
      {
        type: 'line',
        data: [...values],
        showSymbol: false,
        step: 'end',
        lineStyle: { color: 'var(--c1)', width: 2 },
        areaStyle: { color: 'var(--c1)', opacity: 0.15 },
        markLine: {
          symbol: 'none',
          silent: true,
          label: { show: false },
          lineStyle: { color: 'var(--bad)', type: 'dashed', width: 1.5 },
          data: [{ yAxis: limit }],
        },
      },
    ],
  });
}

/** Bars from left to right, the first on top. */
export function ranking(names: readonly string[], values: readonly number[]): Option {
  return () => ({
    grid: { ...grid, left: 18 },
    xAxis: { ...valueAxis, show: false },
    yAxis: {
      type: 'category',
      data: [...names],
      inverse: true,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: text },
    },
    series: [
      { type: 'bar', data: [...values], itemStyle: { color: 'var(--c1)' }, barCategoryGap: '35%' },
    ],
  });
}

/** The outer bounds hold the labels, whose widths are estimated. */
const grid = {
  left: 4,
  right: 14,
  top: 12,
  bottom: 4,
  outerBoundsMode: 'same',
  outerBoundsContain: 'axisLabel',
};

const valueAxis = {
  type: 'value',
  splitNumber: 4,
  minInterval: 1,
  axisLabel: { color: text, formatter: compact },
  splitLine: { lineStyle: { color: faint } },
};

/** The end is no round number, and its mark would stand on that of the last. */
function upTo(max: number) {
  return { ...valueAxis, max, axisLabel: { ...valueAxis.axisLabel, showMaxLabel: false } };
}

function plane(categories: readonly string[], { ticks }: Size) {
  return {
    grid,
    xAxis: {
      type: 'category',
      data: [...categories],
      axisLine: { lineStyle: { color: faint } },
      axisTick: { show: false },
      axisLabel: { color: text, interval: everyFew(categories.length, ticks) },
    },
    yAxis: valueAxis,
  };
}

/** Marks so many categories at most, and always the last. */
function everyFew(all: number, ticks: number): (index: number) => boolean {
  const step = Math.max(1, Math.ceil(all / ticks));
  return (index) => (all - 1 - index) % step === 0;
}
