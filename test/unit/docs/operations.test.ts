// What docs/operations.md and deploy/ say is so: configurations that hold, metrics that are written.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { familiesOf } from '../../../src/cli/metrics/families.ts';
import { parseConfig } from '../../../src/config/load.ts';
import { isObject, type Json } from '../../../src/json.ts';
import { overview } from '../cli/status/states.ts';

const root = new URL('../../../', import.meta.url);

function read(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

const operations = read('docs/operations.md');

/** Fenced blocks of a language. */
function blocks(language: string): string[] {
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms');
  return [...operations.matchAll(fence)].map(([, text = '']) => text);
}

/** The member of a document at this path. */
function within(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (inner, name) => (isObject(inner) ? inner[name] : undefined),
    value,
  );
}

function documents(text: string): Json[] {
  return parseAllDocuments(text).map((document) => {
    assert.deepEqual(document.errors, []);
    return document.toJS();
  });
}

/** With its secrets as they would be once they are read. */
function resolved(text: string): string {
  return text
    .replace(/exec:cat \S*url/g, 'https://open.feishu.cn/open-apis/bot/v2/hook/x')
    .replace(/exec:cat \S+/g, 'secret');
}

const env = {
  LARK_WEBHOOK_URL: 'https://open.larksuite.com/open-apis/bot/v2/hook/x',
  LARK_WEBHOOK_SECRET: 'secret',
};

test('every configuration that is shown holds', () => {
  const shown = blocks('yaml').filter((text) => /^(?:warehouse|notify):/.test(text));
  assert.equal(shown.length, 2);
  for (const text of shown) {
    const sources = `sources:\n  a: { platform: lark, auth: { mode: custom_app, app_id: a, app_secret: b }, modules: { contact: {} } }\n`;
    const whole = text.includes('sources:') ? text : `${text}${sources}`;
    const config = parseConfig(resolved(whole), 'operations.md', env);
    assert.ok(config.notify?.staleMs !== undefined);
  }
});

test('the CronJob mounts what its configuration names, and runs as nobody in particular', () => {
  const [map, job] = documents(read('deploy/cronjob.yaml'));
  const text = within(map, 'data', 'larkhouse.yaml');
  assert.ok(typeof text === 'string');
  const config = parseConfig(resolved(text), 'cronjob.yaml', {});
  assert.equal(config.sources[0]?.name, 'acme');
  const pod = within(job, 'spec', 'jobTemplate', 'spec', 'template', 'spec');
  assert.equal(within(pod, 'securityContext', 'runAsNonRoot'), true);
  const mounts = JSON.stringify(within(pod, 'containers'));
  for (const [, folder = ''] of text.matchAll(/exec:cat (\S+)\/\w+$/gm)) {
    assert.ok(mounts.includes(`"mountPath":"${folder}"`), folder);
  }
  assert.match(mounts, /"args":\["sync"\]/);
});

test('the service hands on each credential that the configuration names', () => {
  const service = read('deploy/larkhouse.service');
  const named = new Set(
    [...operations.matchAll(/CREDENTIALS_DIRECTORY\}\/(\w+)$/gm)].map(([, name = '']) => name),
  );
  assert.ok(named.size >= 3);
  for (const name of named) {
    assert.ok(service.includes(`LoadCredential=${name}:/etc/larkhouse/secrets/${name}\n`), name);
  }
});

test('the metrics that are listed are those that are written', () => {
  const listed = [...operations.matchAll(/^\| `(larkhouse_\w+)`/gm)].map(([, name]) => name);
  const written = familiesOf(overview()).map(({ name }) => name);
  assert.deepEqual(listed.toSorted(), written.toSorted());
});

test('the alerts ask for metrics that there are', () => {
  const [rules = ''] = blocks('yaml').filter((text) => text.startsWith('groups:'));
  assert.equal(documents(rules).length, 1);
  const written = new Set(familiesOf(overview()).map(({ name }) => name));
  const asked = [...rules.matchAll(/\blarkhouse_\w+/g)].map(([name]) => name);
  assert.ok(asked.length >= 5);
  assert.deepEqual(
    asked.filter((name) => !written.has(name)),
    [],
  );
});

test('no secret of deploy/ or of the examples stands on a command line or in a variable', () => {
  const texts = [
    operations,
    ...['service', 'timer'].map((kind) => read(`deploy/larkhouse.${kind}`)),
    read('deploy/Dockerfile'),
    read('deploy/cronjob.yaml'),
  ];
  for (const text of texts) {
    assert.doesNotMatch(text, /--from-literal|--env[ =]|valueFrom|(?:ENV|ARG) .*SECRET/);
  }
});
