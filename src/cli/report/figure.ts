// A chart with what it says in words, its legend, and all its numbers in a table that can be unfolded.

import type { Option } from './charts.ts';
import { draw } from './draw.ts';
import { type Html, html } from './html.ts';

export interface Figure {
  readonly title: string;
  /** What the chart shows, in a sentence: read out in its place, too. */
  readonly says: string;
  /** Colours by what they stand for; without any there is no legend. */
  readonly legend?: readonly (readonly [color: string, name: string])[];
  readonly option: Option;
  /** Takes the whole of a wide screen. */
  readonly isFull?: boolean;
  readonly numbers: Html;
}

export function figure({
  title,
  says,
  legend = [],
  option,
  isFull = false,
  numbers,
}: Figure): Html {
  const keys = legend.map(
    ([color, name]) => html`<li><i class="key ${color.slice(2)}"></i>${name}</li>`,
  );
  return html`<figure class="${isFull ? 'whole' : 'half'}">
<figcaption><h3>${title}</h3><p>${says}</p></figcaption>
${draw(`${title}. ${says}`, option, isFull)}
${keys.length === 0 ? null : html`<ul class="legend">${keys}</ul>`}
<details><summary>All numbers</summary>${numbers}</details>
</figure>
`;
}
