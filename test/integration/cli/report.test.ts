// `larkhouse report` from the command line.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { migrateDown } from '../../../src/load/migrate.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
before(async () => {
  stage = await startStage();
});
after(() => stage.close());

test('before the first sync there is a page that says so, and it asks Lark nothing', async () => {
  const ended = await stage.run(['report', '--out', '-']);
  assert.equal(ended.code, 0, ended.stderr);
  assert.match(ended.stdout, /^<!doctype html>\n/);
  assert.match(ended.stdout, /Nothing has run so far\./);
  assert.equal(stage.tenant.requests.total, 0);
  assert.deepEqual(await readdir(stage.folder), ['acme.yaml']);
});

test('the page is a file of its own, which says where it is', async () => {
  assert.equal((await stage.run(['sync', '--quiet'])).code, 0);
  const ended = await stage.run(['report']);
  assert.deepEqual([ended.code, ended.stdout], [0, '']);
  assert.equal(ended.stderr, 'The report is in larkhouse-report.html: open it in a browser.\n');
  const page = await readFile(join(stage.folder, 'larkhouse-report.html'), 'utf8');
  assert.match(page, /All 9 streams were complete at their last sync\./);
  assert.ok(
    !page.includes(new URL(stage.url).password) && !page.includes(stage.tenant.app.app_secret),
  );
});

test('--out names another file, and --json says which', async () => {
  const ended = await stage.run(['report', '--out', 'x.html', '--json']);
  assert.deepEqual([ended.code, ended.stderr], [0, '']);
  const { file }: { file: string } = JSON.parse(ended.stdout);
  assert.match(await readFile(file, 'utf8'), /^<!doctype html>/);
  assert.equal(file.slice(-6), 'x.html');
});

test('a file that cannot be written is an error that names it', async () => {
  const ended = await stage.run(['report', '--out', 'no/such/x.html']);
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /^larkhouse: the report cannot be written to .*x\.html \(ENOENT\)/);
});

test('a warehouse that is older than this larkhouse is told from one in which nothing ran', async () => {
  await migrateDown(stage.url, 'lark');
  const ended = await stage.run(['report', '--out', '-']);
  assert.equal(ended.code, 1);
  assert.match(ended.stderr, /is older than this larkhouse\. Next: run larkhouse migrate up/);
});
