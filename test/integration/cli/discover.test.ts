import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type JsonObject, objectsOf } from '../../../src/json.ts';
import { printed } from './json.ts';
import { configuration, startStage } from './stage.ts';

const stage = await startStage();
after(() => stage.close());

async function seen(): Promise<{ readonly code: number | null; readonly sight: JsonObject }> {
  const { code, stdout } = await stage.run(['discover', '--json']);
  const [sight = {}] = objectsOf(printed(stdout)['sources']);
  return { code, sight };
}

test('discover shows Bases with tables and fields, departments with head counts, approval codes', async () => {
  const { code, sight } = await seen();
  assert.equal(code, 0);
  const { bases, departments, definitions } = stage.company.has;
  const [base] = objectsOf(sight['bases']);
  assert.equal(base?.['app_token'], bases[0]?.app_token);
  const [table] = objectsOf(base?.['tables']);
  assert.equal(table?.['table_id'], bases[0]?.tables[0]?.table_id);
  const fields = objectsOf(table?.['fields']).map(({ field_id: id }) => id);
  assert.deepEqual(
    fields,
    bases[0]?.tables[0]?.fields.map(({ field_id: id }) => id),
  );
  const [department] = objectsOf(sight['departments']);
  assert.equal(department?.['open_department_id'], departments[0]?.open_department_id);
  assert.equal(department?.['member_count'], 3);
  const [approval] = objectsOf(sight['approval_codes']);
  assert.equal(approval?.['approval_code'], definitions[0]?.approval_code);
  assert.equal(approval?.['seen'], 'configuration');
  assert.deepEqual(sight['errors'], []);
});

test('an approval that is not configured is seen in the tasks of people', async () => {
  const other = stage.company.addDefinition();
  stage.company.addInstance(other, Date.now() - 3_600_000);
  const { sight } = await seen();
  const codes = objectsOf(sight['approval_codes']);
  const found = codes.find(({ approval_code: code }) => code === other.approval_code);
  assert.equal(found?.['seen'], 'tasks of people');
});

test('people read names with ids, each field on a line of its own', async () => {
  const { code, stdout } = await stage.run(['discover']);
  assert.equal(code, 0);
  assert.match(stdout, /^table +table id +field +type +field id$/m);
  assert.match(stdout, /^department +people +open_department_id$/m);
  assert.match(stdout, /^approval +status +seen in +approval_code$/m);
});

test('what is refused is told with its remedy, exit code 1, and the rest is shown', async () => {
  stage.tenant.app.base_collaborator = [];
  const { code, sight } = await seen();
  stage.tenant.app.base_collaborator = 'all';
  assert.equal(code, 1);
  assert.match(String(sight['errors']), /share the Base/);
  assert.equal(objectsOf(sight['departments']).length, 1);
});

test('discover creates nothing in the warehouse', async () => {
  const yaml = configuration(stage.company, stage.tenant.url);
  await stage.configure(yaml.replace('warehouse:', 'warehouse:\n  schema: elsewhere'));
  assert.equal((await stage.run(['discover', '--quiet'])).code, 0);
  const schemas = await stage.rows("select from pg_namespace where nspname = 'elsewhere'");
  assert.equal(schemas.length, 0);
});
