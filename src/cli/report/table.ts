// Tables of a report: on a phone each row becomes a block, with the titles of its columns before its cells.

import { type Html, html, type Part } from './html.ts';

export interface Column<Row> {
  readonly title: string;
  /** Digits stand to the right. */
  readonly isNumber?: boolean;
  cell(row: Row): Part;
}

/** The first column names its row. */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Html {
  const heads = columns.map(
    ({ title, isNumber }) => html`<th scope="col"${numeric(isNumber)}>${title}</th>`,
  );
  return html`<table>
<caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${columns.map((column, index) => cellOf(column, row, index))}</tr>\n`)}</tbody>
</table>`;
}

function cellOf<Row>({ title, isNumber, cell }: Column<Row>, row: Row, index: number): Html {
  const content = cell(row);
  return index === 0
    ? html`<th scope="row">${content}</th>`
    : html`<td data-title="${title}"${numeric(isNumber)}>${content}</td>`;
}

function numeric(isNumber: boolean | undefined): Html | null {
  return isNumber === true ? html` class="n"` : null;
}
