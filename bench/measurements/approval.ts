// Approval instances, each by a call of its own, exploded into seven tables; against COPY of the rows they become.

import { type Measurement, type Quantities, ratio, type Trial } from '../figure.ts';
import { dumped } from '../stand/dumped.ts';
import { type CopyFile, plainCopy } from '../stand/plain-copy.ts';
import { type BenchTenant, type Stand, withDatabase } from '../stand/stand.ts';
import { sync } from '../stand/sync.ts';
import { approvalModules, approvalTables, bookOf } from './approval-book.ts';

const days = 30;

export const approval: Measurement = {
  name: 'approval',
  figures: [
    {
      name: 'approval.explode',
      title:
        'approval instances into their seven tables, HTTP to committed / COPY of the same rows',
      unit: 'x',
      better: 'more',
      bar: 0.6,
      limit: '1.0',
      of: ratio('copy seconds', 'sync seconds'),
    },
    {
      name: 'approval.rate',
      title: 'rows of approval instances, HTTP to committed',
      unit: 'rows/s',
      better: 'more',
      of: ratio('rows', 'sync seconds'),
    },
  ],
  async prepare(stand: Stand): Promise<readonly Trial[]> {
    const instances = Math.round(stand.options.rows / 10);
    const tenant = await stand.tenant(bookOf(instances, days));
    const files = await filesOf(stand, tenant);
    const rows = files.reduce((sum, file) => sum + file.rows, 0);
    const copied = async (): Promise<Quantities> =>
      withDatabase(stand, async ({ url }) => ({
        'copy seconds': await plainCopy(url, files),
        instances,
        rows,
      }));
    return [copied, () => synced(stand, tenant)];
  },
};

function filesOf(stand: Stand, { url: tenant }: BenchTenant): Promise<readonly CopyFile[]> {
  return withDatabase(stand, async ({ url: warehouse }) => {
    await sync({ warehouse, tenant, modules: approvalModules(days), runId: 1 });
    return dumped(warehouse, stand.folder, approvalTables());
  });
}

function synced(stand: Stand, tenant: BenchTenant): Promise<Quantities> {
  return withDatabase(stand, async ({ url: warehouse }) => {
    await tenant.usage();
    const order = { warehouse, tenant: tenant.url, modules: approvalModules(days), runId: 1 };
    const { seconds, cpuSeconds, calls, peakMb } = await stand.sync(order);
    const usage = await tenant.usage();
    return {
      'sync seconds': seconds,
      'sync CPU seconds': cpuSeconds,
      'sync peak MB': peakMb,
      'tenant CPU seconds': usage.cpuSeconds,
      calls,
    };
  });
}
