// Drawing costs a third of a second of loading: no other command may pay it.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { test } from 'node:test';

const cli = new URL('../../../../src/cli/', import.meta.url);
/** It runs a command as soon as it is loaded. */
const entry = 'process.ts';

/** Packages and files that were asked for. */
const loaded: string[] = [];
registerHooks({
  resolve(specifier, context, next) {
    loaded.push(specifier);
    return next(specifier, context);
  },
});

test('echarts is loaded by the report, and by no other command', async () => {
  const files = readdirSync(cli).filter((name) => name.endsWith('.ts'));
  const commands = files.filter((name) => name !== entry);
  assert.ok(commands.includes('status.ts') && commands.includes('sync.ts'));
  for (const name of commands.filter((one) => one !== 'report.ts')) {
    await import(new URL(name, cli).href);
  }
  assert.ok(loaded.includes('./status/survey.ts'));
  const drawing = (): string[] => loaded.filter((name) => name.startsWith('echarts'));
  assert.deepEqual(drawing(), []);
  await import(new URL('report.ts', cli).href);
  assert.ok(drawing().length > 0);
});
