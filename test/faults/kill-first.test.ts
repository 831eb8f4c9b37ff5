// Kills of a first run: the tables are being created, and rows go straight into empty ones.

import assert from 'node:assert/strict';
import { access, chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { removeEmbedded } from '../../src/load/embedded.ts';
import { killedAt } from './killing.ts';
import { commitEnds, copyPiece, type Moment, nthTime, statement } from './moments.ts';
import { type Holding, startScene, type Trial } from './scene.ts';

const scene = await startScene();
after(() => scene.close());

const creates = (table: string) => statement(new RegExp(`^create table "lark"\\."${table}"`));

const migrating: Moment = ({ from, text, transaction }) =>
  from === 'client' &&
  /^commit/i.test(text) &&
  transaction.some((sql) => sql.startsWith('create table "lark"."base_records"'));

const migrated: Moment = ({ from, text, transaction }) =>
  from === 'server' &&
  text === 'COMMIT' &&
  transaction.some((sql) => sql.startsWith('create table "lark"."base_records"'));

const moments: Readonly<Record<string, readonly [Holding, Moment]>> = {
  'creating the schema': ['no tables', statement(/^create schema/)],
  'in the middle of a migration': ['no tables', creates('base_records')],
  'before the COMMIT of a migration': ['no tables', migrating],
  'after the COMMIT of a migration but before its answer': ['no tables', migrated],
  'in the middle of a COPY straight into a table': ['nothing', copyPiece('base_records', 2)],
  'after the first COMMIT of rows but before its answer': [
    'nothing',
    commitEnds('approval_instances'),
  ],
  'before the second COMMIT of rows': ['nothing', nthTime(2, commitEnds('base_records'))],
};

for (const [where, [holding, moment]] of Object.entries(moments)) {
  test(`fault 1: killed ${where}, a first run is made up for by the next`, async () => {
    const trial = await scene.trial({ holding });
    await killedAt(trial, moment);
    await trial.prove();
  });
}

/** Where the command line keeps a Postgres of its own. */
function keptIn(trial: Trial): string {
  return join(trial.folder, '.larkhouse');
}

/** Whether Postgres' own file is there, in a folder whose name begins so. */
async function hasFile(trial: Trial, prefix: string, file: string): Promise<boolean> {
  const folders = await readdir(keptIn(trial)).catch(() => []);
  const found = folders.find((name) => name.startsWith(prefix));
  if (found === undefined) return false;
  return access(join(keptIn(trial), found, 'data', file)).then(
    () => true,
    () => false,
  );
}

const creation: Readonly<Record<string, readonly [prefix: string, file: string]>> = {
  'is created': ['postgres.new-', 'PG_VERSION'],
  'is started': ['postgres', 'postmaster.pid'],
};

for (const [what, [prefix, file]] of Object.entries(creation)) {
  test(`fault 1: killed while the embedded Postgres ${what}, a command leaves nothing that keeps the next from using it`, async () => {
    const trial = await scene.trial();
    const embedded = { direct: true, env: { DATABASE_URL: '' } };
    await chmod(trial.folder, 0o711);
    try {
      const first = trial.start(['migrate', 'up'], embedded);
      while (!(await hasFile(trial, prefix, file))) await pause(5);
      first.kill();
      assert.equal((await first.ended).signal, 'SIGKILL');
      const second = await trial.run(['sync', 'base', '--json'], embedded);
      assert.equal(second.code, 0, second.stderr);
      const { stdout } = await trial.run(
        ['query', '--csv', 'select count(*) from lark.base_records'],
        embedded,
      );
      const records = scene.company.has.bases.flatMap(({ tables }) =>
        tables.flatMap((table) => table.records),
      );
      assert.match(stdout, new RegExp(`^${records.length}$`, 'm'));
    } finally {
      await removeEmbedded(keptIn(trial));
    }
  });
}
