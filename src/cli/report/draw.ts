// Charts as SVG, drawn when the report is made. This file alone loads echarts, and of it what is drawn here.

import 'echarts/lib/chart/bar';
import 'echarts/lib/chart/line';
import 'echarts/lib/component/gridSimple';
import 'echarts/lib/component/markLine';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Html, html, trusted } from './html.ts';

use([SVGRenderer]);

/** In CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
  /** Marks at most on an axis of days or runs. */
  readonly ticks: number;
}

/**
 * For a phone, for half of a wide screen, and for all of one: texts keep their size, which scaling would not let
 * them. The style sheet says which is shown when.
 */
const sizes = {
  narrow: { width: 328, height: 210, ticks: 4 },
  wide: { width: 520, height: 230, ticks: 8 },
  full: { width: 1080, height: 230, ticks: 16 },
} as const satisfies Readonly<Record<string, Size>>;

/** A chart in several sizes, of which the page shows one; `label` is read out in its place. */
export function draw(
  label: string,
  option: (size: Size) => EChartsCoreOption,
  isFull: boolean,
): Html {
  const { full, ...usual } = sizes;
  const drawings = Object.entries(isFull ? { ...usual, full } : usual).map(([name, size]) => {
    const inside = trusted(bare(svgOf(option(size), size)));
    return html`<svg class="${name}" role="img" aria-label="${label}" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}">${inside}</svg>`;
  });
  return html`${drawings}`;
}

function svgOf(option: EChartsCoreOption, { width, height }: Size): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/**
 * The drawing without its outermost element, and without what a page with a strict policy would refuse or has no
 * use for: style elements and attributes (the page's sheet has the font), classes, notes for scripts.
 */
function bare(svg: string): string {
  return svg
    .replace(/^<svg[^>]*>|<\/svg>\s*$/g, '')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (?:style|class|ecmeta_\w+|pointer-events|xml:space)="[^"]*"/g, '')
    .replace(/\n+/g, '');
}
