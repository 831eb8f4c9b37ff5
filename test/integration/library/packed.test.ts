// The published package in a stranger's hands: packed, unpacked beside nothing but its declared dependencies,
// compiled against by strict settings, and run on the embedded Postgres.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { handmadeCompany } from '../../../src/demo/company/handmade.ts';
import { startTenant } from '../../../src/demo/server.ts';
import { removeEmbedded } from '../../../src/load/embedded.ts';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const installed = join(root, 'node_modules');

/** As strict as a stranger may be: the declarations that came with the package are checked, too. */
const settings = {
  extends: '@tsconfig/strictest/tsconfig.json',
  compilerOptions: {
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable'],
    types: ['node'],
    skipLibCheck: false,
    verbatimModuleSyntax: true,
  },
  files: ['example.ts'],
};

let folder: string;
let home: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'larkhouse-packed-'));
  home = join(folder, 'home');
  await unpack(await pack(), join(home, 'node_modules', 'larkhouse'));
  for (const name of ['@types/node', '@tsconfig/strictest', 'undici-types']) await link(home, name);
  await copyFile(join(root, 'docs/example.ts'), join(home, 'example.ts'));
  await writeFile(join(home, 'package.json'), JSON.stringify({ type: 'module' }));
  await writeFile(join(home, 'tsconfig.json'), JSON.stringify(settings));
});

after(async () => {
  await removeEmbedded(join(home, '.larkhouse'));
  await rm(folder, { recursive: true });
});

/** Packs a copy of the checkout, whose own dist/ stays as it is. */
async function pack(): Promise<string> {
  const checkout = join(folder, 'checkout');
  const names = ['src', 'migrations', 'config', 'package.json', '.npmrc', 'tsconfig.json'];
  for (const name of [...names, 'tsconfig.build.json', 'README.md', 'CHANGELOG.md', 'LICENSE']) {
    await cp(join(root, name), join(checkout, name), { recursive: true });
  }
  await symlink(installed, join(checkout, 'node_modules'));
  const args = ['pack', '--json', '--pack-destination', folder, '--offline', '--loglevel=error'];
  await execute('npm', args, { cwd: checkout });
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return join(folder, `larkhouse-${version}.tgz`);
}

async function unpack(archive: string, place: string): Promise<void> {
  await mkdir(place, { recursive: true });
  await execute('tar', ['-xzf', archive, '-C', place, '--strip-components=1']);
  const { dependencies } = JSON.parse(await readFile(join(place, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) await link(place, name);
}

async function link(place: string, name: string): Promise<void> {
  const target = join(place, 'node_modules', name);
  await mkdir(dirname(target), { recursive: true });
  await symlink(join(installed, name), target);
}

test('the example compiles against it and runs, alone on its stdout and stderr', async () => {
  await execute(process.execPath, [join(installed, 'typescript/bin/tsc')], { cwd: home }).catch(
    ({ stdout }: { readonly stdout: string }) => assert.fail(stdout),
  );
  const company = handmadeCompany();
  company.addUser({ department_ids: [company.addDepartment().open_department_id] });
  const tenant = await startTenant({ limits: 'off', company });
  const { app_id: LARK_APP_ID, app_secret: LARK_APP_SECRET } = tenant.app;
  const env = { PATH: process.env['PATH'], LARK_URL: tenant.url, LARK_APP_ID, LARK_APP_SECRET };
  const run = (given: NodeJS.ProcessEnv) =>
    execute(process.execPath, ['example.js'], { cwd: home, env: given });
  try {
    for (const [times, found] of ['1 new, 0 changed', '0 new, 0 changed'].entries()) {
      const { stdout, stderr } = await run(env);
      assert.equal(stderr, '');
      const told = stdout.split('\n').filter((line) => !line.endsWith(' records'));
      assert.deepEqual(told.toSorted(), [
        '',
        `attendance.flows: complete, 0 new, 0 changed`,
        `contact.departments: complete, ${found}`,
        `contact.users: complete, ${found.replace('1', '2')}`,
        `run ${times + 1}: complete`,
      ]);
    }
    const { LARK_APP_SECRET: _, ...without } = env;
    await assert.rejects(run(without), { code: 2, stdout: '', stderr: /LARK_APP_SECRET/ });
  } finally {
    await tenant.close();
  }
});

test('its command line says its version and lists its commands', async () => {
  const main = join(home, 'node_modules/larkhouse/dist/src/cli/main.js');
  const { stdout } = await execute(process.execPath, [main, '--help']);
  assert.match(stdout, /larkhouse sync/);
  const { stdout: said } = await execute(process.execPath, [main, '--version']);
  assert.equal(
    `${said.trim()}`,
    JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).version,
  );
});
