// Reads the Markdown of this project: fenced blocks, headings, tables, links and what stands in code.

import { readFileSync } from 'node:fs';

export const root: URL = new URL('../../../', import.meta.url);

/** A file of the project, by its path from the root. */
export function read(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

export interface Block {
  /** What follows the fence, such as `sh`; empty for a drawing. */
  readonly language: string;
  readonly text: string;
}

const fenced = /^```(\w*)\n(.*?)^```$/gms;

export function blocks(page: string): Block[] {
  return [...page.matchAll(fenced)].map(([, language = '', text = '']) => ({ language, text }));
}

/** A page without its fenced blocks. */
export function prose(page: string): string {
  return page.replace(fenced, '');
}

/** The page cut before each heading; what stands before the first is one, too. */
export function sections(page: string): string[] {
  return page.replace(fenced, '').split(/^(?=#+ )/m);
}

/** Each heading with its marks, such as `## Limits`. */
export function headings(page: string): string[] {
  return prose(page).match(/^#+ .+$/gm) ?? [];
}

/** The anchors that GitHub gives to the headings of a page. */
export function anchors(page: string): Set<string> {
  const taken = new Set<string>();
  for (const heading of headings(page)) {
    const words = heading.replace(/^#+ /, '').toLowerCase();
    const slug = words.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-');
    let anchor = slug;
    for (let again = 1; taken.has(anchor); again += 1) anchor = `${slug}-${again}`;
    taken.add(anchor);
  }
  return taken;
}

/** Targets of links and pictures, in order. */
export function links(page: string): string[] {
  const text = prose(page).replace(/`[^`]*`/g, 'code');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** What stands in code within prose, each on one line. */
export function codeIn(text: string): string[] {
  return [...prose(text).matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replace(/\s+/g, ' '));
}

/** The cells of every row of every table, titles among them. */
export function rows(page: string): string[][] {
  const lines = prose(page).match(/^\|.*\|$/gm) ?? [];
  return lines
    .filter((line) => !/^\|[ \-|]+\|$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}
