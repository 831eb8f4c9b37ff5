// Every relative link of the pages leads to a file, and to a heading where it names one.

import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { anchors, links, read, root } from './markdown.ts';

function pagesIn(folder: string): string[] {
  const names = readdirSync(new URL(folder, root));
  return names.filter((name) => name.endsWith('.md')).map((name) => `${folder}${name}`);
}

/** What is wrong with a link of a page; undefined: nothing. */
function fault(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = new URL(path, new URL(page, root));
  if (!existsSync(target)) return `${page} leads to ${path}, which is not there`;
  if (anchor === undefined) return undefined;
  const name = path === '' ? page : target.href.slice(root.href.length);
  return anchors(read(name)).has(anchor) ? undefined : `${page}: no heading for ${link}`;
}

test('every relative link leads to a file, and its anchor to a heading', () => {
  const pages = [...pagesIn('./'), ...pagesIn('docs/')];
  const found = pages.flatMap((page) =>
    links(read(page))
      .filter((link) => !/^[a-z]+:/.test(link))
      .map((link) => ({ page, link })),
  );
  assert.ok(found.length > 50);
  assert.deepEqual(
    found.flatMap(({ page, link }) => fault(page, link) ?? []),
    [],
  );
});

test('a link to no file, to no heading and to a heading of another page are told apart', () => {
  assert.match(fault('README.md', 'docs/none.md') ?? '', /not there/);
  assert.match(fault('docs/setup.md', '#none') ?? '', /no heading/);
  assert.match(fault('README.md', 'docs/setup.md#none') ?? '', /no heading/);
  assert.equal(fault('README.md', 'docs/setup.md#1-make-the-app'), undefined);
  assert.equal(fault('docs/setup.zh-CN.md', '#1-创建应用'), undefined);
});

test('headings of one name have anchors with numbers', () => {
  assert.deepEqual(
    [...anchors('# A `b_c`: d, E\n## Limits\n## Limits\n```sh\n# none\n```\n')],
    ['a-b_c-d-e', 'limits', 'limits-1'],
  );
});
