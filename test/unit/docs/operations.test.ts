// What docs/operations.md and deploy/ say is so: configurations that hold, metrics that are written.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { familiesOf } from '../../../src/cli/metrics/families.ts';
import { usualKeyFile } from '../../../src/config/key-place.ts';
import { parseConfig } from '../../../src/config/load.ts';
import { isOpen } from '../../../src/config/secret-file.ts';
import { isObject, type Json, objectsOf } from '../../../src/json.ts';
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
    .replace(/file:\S*url/g, 'https://open.feishu.cn/open-apis/bot/v2/hook/x')
    .replace(/file:\S+/g, 'secret');
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

test('the CronJob mounts what its commands make, and runs as nobody in particular', () => {
  const [job, ...others] = documents(read('deploy/cronjob.yaml'));
  assert.deepEqual(others, []);
  const pod = within(job, 'spec', 'jobTemplate', 'spec', 'template', 'spec');
  const security = within(pod, 'securityContext');
  assert.equal(within(security, 'runAsNonRoot'), true);
  assert.equal(within(security, 'fsGroup'), within(security, 'runAsGroup'));
  const [config, secrets] = objectsOf(within(pod, 'volumes'));
  assert.equal(within(config, 'configMap', 'name'), made('configmap'));
  assert.equal(within(secrets, 'secret', 'secretName'), made('secret generic'));
  // Root's, for the group to read: what `file:` and the key take.
  assert.equal(isOpen({ mode: Number(within(secrets, 'secret', 'defaultMode')), uid: 0 }), false);
  const [container] = objectsOf(within(pod, 'containers'));
  const folders = new Map(
    objectsOf(within(container, 'volumeMounts')).map((mount) => [
      mount['name'],
      mount['mountPath'],
    ]),
  );
  assert.match(read('deploy/Dockerfile'), /LARKHOUSE_CONFIG=\/etc\/larkhouse\/larkhouse\.yaml\n/);
  assert.equal(folders.get(String(config?.['name'])), '/etc/larkhouse');
  const folder = folders.get(String(secrets?.['name']));
  assert.deepEqual(within(container, 'env'), [
    { name: 'LARKHOUSE_KEY_FILE', value: `${String(folder)}/key` },
  ]);
  assert.ok(operations.includes(`\`file:${String(folder)}/lark_app_secret\``));
  assert.deepEqual(within(container, 'args'), ['sync']);
});

/** What `kubectl create` of this kind is named, in the page and in the file alike. */
function made(kind: string): string | undefined {
  const lines = [operations, read('deploy/cronjob.yaml')].map(
    (text) => new RegExp(`kubectl create ${kind} (\\S+) --from-file=\\S+`).exec(text) ?? [],
  );
  assert.equal(lines[0]?.[0], lines[1]?.[0]);
  return lines[0]?.[1];
}

test('the key that init made is where each way to run larkhouse looks for it', () => {
  const key = usualKeyFile({ HOME: '$HOME' });
  const [, cron = '', systemd = '', docker = '', kubernetes = ''] =
    /^## cron(.*?)^## systemd(.*?)^## Docker(.*?)^## Kubernetes(.*?)^## /ms.exec(operations) ?? [];
  const service = read('deploy/larkhouse.service');
  const copied = `${key.replace('$HOME', '~')} /etc/larkhouse/ `;
  assert.ok(cron.includes(copied) && cron.includes('\nLARKHOUSE_KEY_FILE=/etc/larkhouse/key\n'));
  assert.ok(systemd.includes(copied));
  assert.ok(service.includes('\nLoadCredential=key:/etc/larkhouse/key\n'));
  assert.ok(service.includes('\nEnvironment=LARKHOUSE_KEY_FILE=%d/key\n'));
  assert.ok(docker.includes(`"${key}:/etc/larkhouse/key:ro"`));
  assert.ok(docker.includes('--env LARKHOUSE_KEY_FILE=/etc/larkhouse/key '));
  assert.ok(kubernetes.includes(`--from-file="${key}"\n`));
});

test('the unit hands on each credential that the configuration names', () => {
  const [drop = ''] = blocks('ini');
  const named = new Set(
    [...operations.matchAll(/CREDENTIALS_DIRECTORY\}\/(\w+)$/gm)].map(([, name = '']) => name),
  );
  assert.ok(named.size >= 3);
  for (const name of named) {
    assert.ok(drop.includes(`LoadCredential=${name}:/etc/larkhouse/secrets/${name}\n`), name);
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
    const others = text.replaceAll('--env LARKHOUSE_KEY_FILE=/etc/larkhouse/key', '');
    assert.doesNotMatch(others, /--from-literal|--env[ =]|valueFrom|(?:ENV|ARG) .*SECRET/);
  }
});
