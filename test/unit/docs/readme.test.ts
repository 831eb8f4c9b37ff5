// What the README tells people to type exists: make's targets, larkhouse's commands and their
// flags; and the configuration that it shows holds.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { runCommandLine } from '../../../src/cli/commands.ts';
import { Scrubber } from '../../../src/cli/scrub.ts';
import { parseConfig } from '../../../src/config/load.ts';
import { blocks, codeIn, read, rows } from './markdown.ts';

const pages = ['README.md', 'README.zh-CN.md', 'docs/setup.md', 'docs/setup.zh-CN.md'];

/** All that stands in code on a page: commands among it. */
function typed(page: string): string {
  const text = read(page);
  const shown = blocks(text).map((block) => block.text.replace(/ +# .*$/gm, ''));
  return [...shown, ...codeIn(text)].join('\n');
}

/** What stands behind a pattern's first group, each once. */
function all(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].map(([, word = '']) => word));
}

/** What `larkhouse ... --help` prints. */
async function help(t: TestContext, ...command: readonly string[]): Promise<string> {
  const { env, stdin, stdout, stderr } = process;
  const shell = { env, cwd: process.cwd(), stdin, stdout, stderr, scrubber: new Scrubber() };
  const log = t.mock.method(console, 'log', () => undefined);
  await runCommandLine([...command, '--help'], shell);
  log.mock.restore();
  return log.mock.calls.flatMap((call) => call.arguments).join('\n');
}

async function commandNames(t: TestContext): Promise<Set<string>> {
  return all(await help(t), /^ +larkhouse ([a-z]+)/gm);
}

test('every make target that is named exists', () => {
  const targets = all(read('Makefile'), /^([a-z-]+):(?!=)/gm);
  for (const page of pages) {
    for (const name of all(typed(page), /\bmake ([a-z-]+)/g)) {
      assert.ok(targets.has(name), `${page}: make ${name}`);
    }
  }
  assert.ok(all(typed('README.md'), /\bmake ([a-z-]+)/g).size > 4);
});

test('every larkhouse command that is named exists', async (t) => {
  const commands = await commandNames(t);
  for (const page of pages) {
    const named = all(typed(page), /\blarkhouse (?:-- )?([a-z]+)/g);
    for (const name of named) assert.ok(commands.has(name), `${page}: larkhouse ${name}`);
    assert.ok(named.size > 1, page);
  }
});

test('the table of commands has every command, with words and flags that its help knows', async (t) => {
  const commands = await commandNames(t);
  const told = new Set<string>();
  for (const [first = '', meaning = ''] of rows(read('README.md'))) {
    const [command = ''] = codeIn(first);
    const [name = '', ...rest] = command.replaceAll('\\|', ' ').split(' ');
    if (!commands.has(name)) continue;
    told.add(name);
    const text = await help(t, name);
    const flags =
      codeIn(`${first} ${meaning}`)
        .join(' ')
        .match(/--[a-z-]+/g) ?? [];
    for (const word of [...rest.filter((word) => /^[a-z]+$/.test(word)), ...flags]) {
      assert.ok(text.includes(word), `larkhouse ${name} does not know ${word}`);
    }
  }
  assert.deepEqual([...told].toSorted(), [...commands].toSorted());
});

test('the configuration that is shown holds, for Lark in English and for Feishu in Chinese', () => {
  const shown = { 'README.md': 'lark', 'README.zh-CN.md': 'feishu' };
  for (const [page, platform] of Object.entries(shown)) {
    const [block] = blocks(read(page)).filter(({ language }) => language === 'yaml');
    const { sources } = parseConfig(block?.text ?? '', page, { LARK_APP_SECRET: 'secret' });
    assert.deepEqual(
      sources.map((source) => source.platform),
      [platform],
    );
  }
});
