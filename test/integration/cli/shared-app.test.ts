import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { printed, streamsIn } from './json.ts';
import { configuration, sourceYaml, startStage } from './stage.ts';

const stage = await startStage();
after(() => stage.close());

function tokenRequests(): number {
  const counts = Object.entries(stage.tenant.requests.counts());
  return counts.reduce((sum, [name, n]) => sum + (name.startsWith('auth.') ? n : 0), 0);
}

test('sources that read one tenant by one app share its token, and both are complete', async () => {
  const { company, tenant } = stage;
  const first = configuration(company, tenant.url);
  await stage.configure(`${first}${sourceYaml(company, `${tenant.url}/`, 'other')}`);
  const { code, stdout } = await stage.run(['sync', '--json']);
  assert.equal(code, 0, stdout);
  for (const source of ['acme', 'other']) {
    assert.equal(streamsIn(printed(stdout), source)['base.records']?.['records'], 20);
  }
  assert.equal(tokenRequests(), 1);
});
