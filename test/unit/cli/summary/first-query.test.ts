import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstQuery, psqlCommand, queryCommand } from '../../../../src/cli/summary/first-query.ts';
import { reportWith, streamReport } from './fixture.ts';

test('the first query is over a stream that brought something', () => {
  const failed = streamReport({ stream: 'approval.instances', status: 'incomplete' });
  const loaded = streamReport({ stream: 'attendance.flows', records: 3 });
  assert.match(firstQuery(reportWith([failed, loaded])) ?? '', /from attendance_flows/);
  assert.equal(firstQuery(reportWith([failed])), undefined);
});

test('the command is the one by which larkhouse was called', () => {
  const sql = 'select 1';
  assert.equal(
    queryCommand(sql, { MAKELEVEL: '1', npm_lifecycle_event: 'larkhouse' }, undefined),
    'make query SQL="select 1"',
  );
  assert.equal(
    queryCommand(sql, { npm_lifecycle_event: 'larkhouse' }, undefined),
    'npm run -s larkhouse -- query "select 1"',
  );
  assert.equal(
    queryCommand(sql, {}, "my file's.yaml"),
    `larkhouse query --config 'my file'\\''s.yaml' "select 1"`,
  );
});

test('psql is given a password file, never a password', () => {
  assert.equal(
    psqlCommand({ port: 5433, pgpass: '.larkhouse/postgres/pgpass' }, 'lark'),
    "PGPASSFILE=.larkhouse/postgres/pgpass PGOPTIONS='-c search_path=lark' psql -h 127.0.0.1 -p 5433 -U larkhouse larkhouse",
  );
});
