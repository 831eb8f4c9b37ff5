// The Chinese pages say what the English ones say, as far as no reader is needed to see it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocks, codeIn, headings, links, read, rows, sections } from './markdown.ts';

const moduleNames = new Map([
  ['Approval', '审批'],
  ['Base', '多维表格'],
  ['Attendance', '考勤'],
  ['Contact', '通讯录'],
]);

/** Lark's addresses and Feishu's are the same here. */
function onLark(text: string): string {
  return text
    .replaceAll('feishu.cn', 'larksuite.com')
    .replace(/platform(:| ) ?feishu/g, 'platform$1 lark');
}

/** Commands, statements and configuration without their comments; drawings are not compared. */
function commands(page: string): string[] {
  const shown = blocks(page).filter(({ language }) => language !== '');
  return shown.map(({ language, text }) => `${language}\n${onLark(text).replace(/ +# .*$/gm, '')}`);
}

/** Code and test files that a text names, each once. */
function names(text: string): string[] {
  const plain = text.replace(/`[^`]*`/g, ' ').replace(/\]\([^)]*\)/g, ' ');
  const tests = plain.match(/[\w./-]+\.test\.ts/g) ?? [];
  return [...new Set([...codeIn(text), ...tests])].toSorted();
}

function numbers(text: string): string[] {
  return [...new Set(text.match(/\d[\d,.]*(?<=\d)/g) ?? [])];
}

for (const page of ['README.md', 'docs/setup.md']) {
  const english = read(page);
  const chinese = read(page.replace('.md', '.zh-CN.md'));

  test(`${page} and its translation link to one another under their titles`, () => {
    const name = page.replace('docs/', '');
    const translated = name.replace('.md', '.zh-CN.md');
    assert.equal(english.split('\n')[2], `[简体中文](${translated})`);
    assert.equal(chinese.split('\n')[2], `[English](${name})`);
  });

  test(`${page} and its translation have headings of the same levels`, () => {
    const levels = (text: string) => headings(text).map((heading) => heading.indexOf(' '));
    assert.deepEqual(levels(chinese), levels(english));
  });

  test(`${page} and its translation show the same commands and configuration`, () => {
    assert.ok(commands(english).length >= 2);
    assert.deepEqual(commands(chinese), commands(english));
  });

  test(`${page} and its translation have the same tables, row by row`, () => {
    const columns = (text: string) => rows(text).map((cells) => cells.length);
    assert.deepEqual(columns(chinese), columns(english));
    const firsts = (text: string) => rows(text).map(([first = '']) => codeIn(first));
    assert.deepEqual(firsts(chinese), firsts(english));
    const whole = (text: string) => rows(text).map((cells) => names(cells.join(' ')));
    assert.deepEqual(whole(chinese), whole(english));
  });

  test(`${page} and its translation have the modules in the same rows`, () => {
    const translated = rows(chinese).flat();
    let found = 0;
    for (const [index, cell] of rows(english).flat().entries()) {
      const name = moduleNames.get(cell);
      if (name === undefined) continue;
      assert.equal(translated[index], name);
      found += 1;
    }
    assert.ok(found >= moduleNames.size);
  });

  test(`${page} and its translation lead to the same files`, () => {
    const targets = (text: string) =>
      links(text)
        .map((link) => link.replace('.zh-CN.md', '.md'))
        .toSorted();
    assert.deepEqual(targets(chinese), targets(english));
  });

  test(`${page} and its translation name the same code and numbers in each section`, () => {
    const translated = sections(chinese);
    for (const [index, section] of sections(english).entries()) {
      const counterpart = translated[index] ?? '';
      const title = section.split('\n')[0];
      assert.deepEqual(names(counterpart), names(section), title);
      const told = new Set(numbers(counterpart));
      const untold = numbers(section).filter((number) => !told.has(number));
      assert.deepEqual(untold, [], title);
    }
  });
}
