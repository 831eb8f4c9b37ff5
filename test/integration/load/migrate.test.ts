// The schema goes up and down, heals what a killed process left, and says what right is missing.

import assert from 'node:assert/strict';
import { after, before, describe as suite, test } from 'node:test';
import { Client } from 'pg';
import { history } from '../../../migrations/history.ts';
import { ConfigError, describe, WarehouseError } from '../../../src/errors.ts';
import { migrateDown, migrateUp, migrationStatus, pending } from '../../../src/load/migrate.ts';
import { openPool } from '../../../src/load/pool.ts';
import { examine, preflight } from '../../../src/load/preflight.ts';
import { everyStream } from '../../../src/modules/everything.ts';
import { type TestDatabase, testDatabase } from '../../postgres.ts';

const all = Object.keys(history);

suite('migrations', () => {
  let database: TestDatabase;
  let client: Client;
  before(async () => {
    database = await testDatabase();
    client = new Client(database.url);
    await client.connect();
  });
  after(async () => {
    await client.end();
    await database.drop();
  });

  async function tables(schema: string): Promise<number> {
    const { rows } = await client.query('select from pg_tables where schemaname = $1', [schema]);
    return rows.length;
  }

  test('up brings all tables, down takes the newest back, and both say what they did', async () => {
    assert.deepEqual(await pending(database.url, 'steps'), all);
    assert.equal(await tables('steps'), 0);
    assert.deepEqual(await migrateUp(database.url, 'steps'), all);
    assert.deepEqual(await migrateUp(database.url, 'steps'), []);
    const full = await tables('steps');
    assert.deepEqual(await migrateDown(database.url, 'steps'), all.slice(-1));
    assert.deepEqual(await pending(database.url, 'steps'), all.slice(-1));
    const status = await migrationStatus(database.url, 'steps');
    assert.deepEqual(
      status.map(({ appliedAt }) => appliedAt instanceof Date),
      all.map((name) => name !== all.at(-1)),
    );
    for (const _ of all) await migrateDown(database.url, 'steps');
    assert.deepEqual(await migrateDown(database.url, 'steps'), []);
    assert.equal(await tables('steps'), 2);
    await migrateUp(database.url, 'steps');
    assert.equal(await tables('steps'), full);
  });

  test('a schema name may have quotes, blanks and capitals', async () => {
    const odd = 'Odd "schéma"; drop table x; -- %$1';
    assert.deepEqual(await migrateUp(database.url, odd), all);
    assert.equal(await tables(odd), await tables('steps'));
    assert.deepEqual(await pending(database.url, odd), []);
  });

  test('a schema name that cannot be is refused before anything is done', async () => {
    for (const name of ['', 'a.b', 'what?', 'x as y', 'é'.repeat(32)]) {
      await assert.rejects(migrateUp(database.url, name), ConfigError);
    }
  });

  test('a lock that a killed migration left heals by itself', async () => {
    await migrateUp(database.url, 'stale');
    await migrateDown(database.url, 'stale');
    await client.query('update stale.schema_migrations_lock set is_locked = 1');
    assert.deepEqual(await migrateUp(database.url, 'stale'), all.slice(-1));
    await client.query('delete from stale.schema_migrations_lock');
    assert.deepEqual(await migrateDown(database.url, 'stale'), all.slice(-1));
  });

  test('two processes that migrate at once both succeed, and each step runs once', async () => {
    const done = await Promise.all([1, 2, 3].map(() => migrateUp(database.url, 'race')));
    assert.deepEqual(done.flat().sort(), all);
  });

  test('every table and every column has a comment of its own words', async () => {
    await migrateUp(database.url, 'words');
    const { rows } = await client.query<{ name: string; comment: string | null }>(
      `select c.relname || coalesce('.' || a.attname, '') as name, d.description as comment
from pg_class c
join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'words'
left join (select attrelid, attnum, attname from pg_attribute where attnum > 0 union all select oid, 0, null from pg_class) a
  on a.attrelid = c.oid
left join pg_description d on d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = a.attnum
where c.relkind = 'r' and c.relname not like 'schema\\_migrations%'`,
    );
    assert.ok(rows.length > 200);
    assert.deepEqual(
      rows.filter(({ comment }) => (comment ?? '').length < 4).map(({ name }) => name),
      [],
    );
  });

  suite('with a role that has few rights', () => {
    let url: string;
    const role = 'larkhouse "few"';
    const quoted = '"larkhouse ""few"""';
    before(async () => {
      await client.query(`create role ${quoted} login password 'few'`);
      const address = new URL(database.url);
      address.username = encodeURIComponent(role);
      address.password = 'few';
      url = address.href;
    });
    after(async () => {
      await client.query(`grant ${quoted} to current_user`);
      await client.query(`drop owned by ${quoted}`);
      await client.query(`drop role ${quoted}`);
    });

    const told = async (work: Promise<unknown>): Promise<string> => {
      const error: unknown = await work.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof WarehouseError);
      return describe(error);
    };

    test('a role that may not create the schema is told which right it lacks', async () => {
      const message = await told(migrateUp(url, 'denied'));
      assert.match(message, /permission denied for database/);
      assert.ok(
        message.includes(`grant create, temporary on database "${client.database}" to ${quoted}`),
      );
    });

    test('a role that may not create tables in the schema is told which right it lacks', async () => {
      await client.query('create schema theirs');
      const message = await told(migrateUp(url, 'theirs'));
      assert.ok(message.includes(`grant usage, create on schema "theirs" to ${quoted}`), message);
    });

    test('every right that a run lacks is found before it, and the grants put it right', async () => {
      await migrateUp(database.url, 'ours');
      const pool = openPool(url);
      try {
        assert.match(
          (await examine(pool, 'ours', everyStream)).map(describe).join('\n'),
          /grant usage on schema "ours"/,
        );
        await client.query(`grant usage on schema ours to ${quoted}`);
        const found = await examine(pool, 'ours', everyStream);
        assert.equal(found.length, (await tables('ours')) - 2);
        for (const { hint } of found) await client.query(String(hint).replace(/^run: /, ''));
        await preflight(pool, 'ours', everyStream);
        await assert.rejects(preflight(pool, 'nowhere', everyStream), /no schema nowhere/);
      } finally {
        await pool.end();
      }
    });
  });

  test('a server that is not there and a database that is not there are told apart', async () => {
    const address = new URL(database.url);
    address.pathname = '/missing_one';
    await assert.rejects(pending(address.href, 'lark'), /no database missing_one/);
    address.port = '1';
    address.password = 'hush';
    const error: unknown = await pending(address.href, 'lark').catch((reason: unknown) => reason);
    assert.match(
      describe(error),
      new RegExp(`${address.hostname}:1 cannot be reached \\(ECONNREFUSED\\)`),
    );
    assert.doesNotMatch(describe(error), /hush/);
  });
});
