import assert from 'node:assert/strict';
import { test } from 'node:test';
import { locate } from '../../../src/config/locate.ts';

function advice(file: string | undefined, env: NodeJS.ProcessEnv): string {
  try {
    return locate(file, env, '/no/such/folder').name;
  } catch (error) {
    return String(error);
  }
}

test('a file that is not there comes with the command that makes it', () => {
  assert.match(advice('own.yaml', {}), /make it with larkhouse init --config own\.yaml, copy/);
  assert.match(advice(undefined, { LARKHOUSE_CONFIG: 'own.yaml' }), /with larkhouse init, copy/);
});

test('an empty name is told apart, and no name is the demo', () => {
  assert.match(advice('', {}), /--config: names no file \(leave --config out to run the demo\)/);
  assert.equal(advice(undefined, { LARKHOUSE_CONFIG: '' }), 'config/demo.yaml');
});
