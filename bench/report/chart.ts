// The results as a picture: how far each figure is from its bar. Light or dark, as whoever looks at it has it.

import { BarChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Finding } from './finding.ts';
import { barOf, written } from './numbers.ts';

use([BarChart, GridComponent, MarkLineComponent, SVGRenderer]);

/** Stand-ins that `themed` turns into colours of the viewer's scheme. */
const ink = '#010203';
const faint = '#040506';
const good = '#070809';
const bad = '#0a0b0c';

const themes = {
  light: { ink: '#1f2328', faint: '#d1d9e0', good: '#0969da', bad: '#bc4c00', paper: '#ffffff' },
  dark: { ink: '#e6edf3', faint: '#3d444d', good: '#4493f8', bad: '#f0883e', paper: '#0d1117' },
};

const rowHeight = 34;
/** As many times better than the bar as the axis shows. */
const most = 3;

/** An SVG of the figures that have a bar: 1 is the bar, more is better, whatever the unit. */
export function chartOf(findings: readonly Finding[], subtitle: string): string {
  const bars = findings.flatMap((finding) => barsOf(finding)).reverse();
  const height = bars.length * rowHeight + 100;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 960, height });
  const text = { color: ink, fontFamily: 'sans-serif', fontSize: 13 };
  chart.setOption({
    animation: false,
    grid: { left: 220, right: 320, top: 56, bottom: 40 },
    xAxis: {
      type: 'value',
      min: 0,
      max: most,
      axisLabel: { ...text, formatter: (value: number) => (value === 1 ? 'bar' : `${value}x`) },
      splitLine: { lineStyle: { color: faint } },
    },
    yAxis: [
      { ...category, data: bars.map(({ name }) => name), axisLabel: text },
      { ...category, data: bars.map(({ label }) => label), axisLabel: text, position: 'right' },
    ],
    series: [
      {
        type: 'bar',
        barWidth: 16,
        data: bars.map(({ share, met }) => ({
          value: share,
          itemStyle: { color: met ? good : bad },
        })),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: ink, type: 'solid', width: 1.5 },
          data: [{ xAxis: 1 }],
        },
      },
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return themed(svg, subtitle);
}

const category = {
  type: 'category',
  axisLine: { lineStyle: { color: faint } },
  axisTick: { show: false },
} as const;

interface Bar {
  readonly name: string;
  readonly share: number;
  readonly met: boolean;
  readonly label: string;
}

function barsOf({ figure, summary, met }: Finding): readonly Bar[] {
  const { bar, better, name } = figure;
  if (bar === undefined || summary === undefined || met === undefined) return [];
  const { median } = summary;
  const share = better === 'more' ? median / bar : bar / median;
  const shown = Math.min(most, Number.isFinite(share) ? share : met ? most : 0);
  const label = `${written(median, figure)} (bar ${barOf(figure)})${met ? '' : ', missed'}`;
  return [{ name, share: shown, met, label }];
}

function themed(svg: string, subtitle: string): string {
  // What the renderer has for a pointer, which a picture has not.
  let body = svg.replace(/<style ?>.*?<\/style>/s, '');
  for (const [name, colour] of Object.entries({ ink, faint, good, bad })) {
    body = body.replaceAll(colour, `var(--${name})`);
  }
  const sheet = (theme: Readonly<Record<string, string>>): string =>
    Object.entries(theme)
      .map(([name, colour]) => `--${name}:${colour};`)
      .join('');
  const style = `<style>svg{${sheet(themes.light)}}@media(prefers-color-scheme:dark){svg{${sheet(themes.dark)}}}</style>`;
  const paper = '<rect width="100%" height="100%" rx="8" style="fill:var(--paper)"/>';
  const title = `<text x="24" y="32" font-family="sans-serif" font-size="15" style="fill:var(--ink)">${subtitle}</text>`;
  return body.replace(/^(<svg[^>]*>)/, `$1<title>${subtitle}</title>${style}${paper}${title}`);
}
