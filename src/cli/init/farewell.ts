// What is said at the end: where things are, what to keep, and what to run next.

import { invocation } from '../invocation.ts';
import type { Shell } from '../shell.ts';
import type { SealingKey } from './key.ts';

interface Written {
  readonly name: string;
  /** Commands find the file without being told. */
  readonly isUsual: boolean;
  readonly key: SealingKey;
}

export function farewell({ env }: Pick<Shell, 'env'>, { name, isUsual, key }: Written): string {
  const isNamed = isUsual || env['LARKHOUSE_CONFIG'] === name;
  const larkhouse = invocation(env);
  const flag = isNamed ? '' : ` --config ${word(name)}`;
  const lines = [`  ${larkhouse} check${flag}`, `  ${larkhouse} sync${flag}`];
  return `\nWrote ${name}.\n${keyText(key)}\nNext:\n\n${lines.join('\n')}`;
}

function keyText({ file, fresh, key: { id } }: SealingKey): string {
  if (file === undefined)
    return `Its secrets are sealed under the key ${id} of your environment.\n`;
  const where = `the key in ${file}${fresh === undefined ? '' : ', which is new'}`;
  return `Its secrets are sealed: they open only with ${where}.
Keep a copy of that key where this file is not. Without it, seal the secrets anew.
larkhouse finds it there. For another user or machine LARKHOUSE_KEY_FILE has to name a copy.
`;
}

/** As a shell takes it for one word. */
function word(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
