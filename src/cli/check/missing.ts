// The scopes that checks found missing, once each, with the one page that adds them all.

import type { Finding } from './check.ts';
import { type ConsoleApp, scopesAddress, thenPublish } from './console.ts';
import { permissions } from './permissions.ts';

/** Empty where nothing is missing; `whose` is the app as people call it. */
export function missingScopesText(
  found: readonly Finding[],
  app: ConsoleApp,
  whose: string,
): string {
  const scopes = [...new Set(found.flatMap(({ add }) => add ?? []))];
  if (scopes.length === 0) return '';
  const width = Math.max(...scopes.map((scope) => scope.length));
  const lines = scopes.map((scope) => {
    const known = permissions.find((one) => one.scope === scope);
    return `  ${scope.padEnd(width)}  ${known?.without ?? ''}`.trimEnd();
  });
  const head = `Scopes that ${whose} lacks, and what is missing without them:`;
  const tail = `Add them at ${scopesAddress(app, scopes)}\nand ${thenPublish}.`;
  return [head, ...lines, tail].join('\n');
}
