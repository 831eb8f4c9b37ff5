// Records and fields of any size go through a process whose memory is bounded.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { statement } from './moments.ts';
import { unfinishedIn } from './scene/process.ts';
import { startScene } from './scene.ts';

const scene = await startScene();
after(() => scene.close());
const { company } = scene;

const mib = 1024 * 1024;
const heap = { NODE_OPTIONS: '--max-old-space-size=128' };

test('fault 26: fields of a million characters are kept to the last one, and the memory of the process stays bounded', async () => {
  const trial = await scene.trial();
  const [table] = company.has.bases[0]?.tables ?? [];
  assert.ok(table !== undefined);
  const texts = Array.from({ length: 6 }, (_, place) => `${place} ${'长x'.repeat(500_000)} end`);
  const records = texts.map((text) =>
    company.addRecord(table, scene.clock.now, { fields: { 标题: [{ type: 'text', text }] } }),
  );
  let peak: Promise<number | undefined> | undefined;
  void trial.wire.at(statement(/^update "lark"\."sync_runs"/), async () => {
    peak = running.peakMemory();
    await peak;
    return 'pass';
  });
  const running = trial.start(undefined, { env: heap });
  const ended = await running.ended;
  assert.equal(ended.signal, null, ended.stderr.slice(-3000));
  assert.deepEqual(unfinishedIn(ended), []);
  const [row] = await trial.rows<{ whole: number; shortest: number }>(
    `select count(*)::integer as whole, min(length(fields->'标题'->0->>'text'))::integer as shortest
from lark.base_records where record_id = any($1) and fields->'标题'->0->>'text' like '% end'`,
    [records.map(({ record_id }) => record_id)],
  );
  assert.deepEqual(row, { whole: 6, shortest: 1_000_006 });
  const bytes = await peak;
  assert.ok(bytes === undefined || bytes < 512 * mib, `${(bytes ?? 0) / mib} MiB`);
  await trial.prove();
});
