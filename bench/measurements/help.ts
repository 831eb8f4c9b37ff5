// How long a person waits for `larkhouse --help`, from the sources.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { given, type Measurement } from '../figure.ts';

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

export const help: Measurement = {
  name: 'help',
  figures: [
    {
      name: 'help.time',
      title: 'larkhouse --help, from the start of Node to its end',
      unit: 'ms',
      better: 'less',
      bar: 250,
      of: given('help ms'),
    },
    {
      name: 'help.node',
      title: 'of which Node itself, with nothing to do',
      unit: 'ms',
      better: 'less',
      of: given('node ms'),
    },
  ],
  async prepare() {
    return [
      async () => ({ 'help ms': await timed([main, '--help']) }),
      async () => ({ 'node ms': await timed(['--eval', '0']) }),
    ];
  },
};

async function timed(args: readonly string[]): Promise<number> {
  const started = performance.now();
  await promisify(execFile)(process.execPath, [...args]);
  return performance.now() - started;
}
