// Lines of a terminal as an SVG: dark by itself, so that it is read on light and on dark pages.

import type { Cell } from './screen.ts';

type Line = readonly Cell[];

const cell = { width: 8.4, height: 19 };
const margin = 20;
const ink = '#d7dae0';
/** Each stands out from the ground by 4.5 to 1 at least. */
const colors: Readonly<Record<string, string>> = {
  '2': '#9097a3',
  '31': '#ff8f85',
  '32': '#6fd186',
  '33': '#e8c26a',
  '36': '#67c9dd',
};

/** One picture of so many columns; `title` is for those who cannot see it. */
export function svgOf(lines: readonly Line[], columns: number, title: string): string {
  const width = Math.ceil(columns * cell.width + 2 * margin);
  const height = lines.length * cell.height + 2 * margin;
  const texts = lines.flatMap((line, at) => textsOf(line, margin + (at + 0.75) * cell.height));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<style>
text { font: 14px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: ${ink}; white-space: pre }
${Object.entries(colors)
  .map(([code, color]) => `.s${code} { fill: ${color} }`)
  .join('\n')}
</style>
<rect width="${width}" height="${height}" rx="10" fill="#16181d" stroke="#4a505c"/>
${texts.join('\n')}
</svg>
`;
}

/** A text for each stretch of one style, in its place and as wide as its cells, whatever the font is. */
function textsOf(line: Line, y: number): string[] {
  const texts: string[] = [];
  for (let from = 0; from < line.length; ) {
    const { style = '' } = line[from] ?? {};
    let to = from + 1;
    while (to < line.length && line[to]?.style === style) to += 1;
    const words = line
      .slice(from, to)
      .map(({ text }) => text)
      .join('');
    for (const { 0: word, index } of words.matchAll(/\S+(?: \S+)*/g)) {
      const x = (margin + (from + index) * cell.width).toFixed(1);
      const length = (word.length * cell.width).toFixed(1);
      const mark = style === '' ? '' : ` class="s${style}"`;
      texts.push(`<text x="${x}" y="${y}" textLength="${length}"${mark}>${escaped(word)}</text>`);
    }
    from = to;
  }
  return texts;
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (found) => `&#${found.charCodeAt(0)};`);
}
