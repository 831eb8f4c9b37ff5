// Pages of a Base come one after the other: what the reader adds to the time that the tenant takes for them.

import { type Measurement, type Quantities, ratio, type Trial } from '../figure.ts';
import { type Stand, withDatabase } from '../stand/stand.ts';
import { appToken, modulesOf, tableId } from './base-table.ts';

const latencyMs = 100;
const pageRecords = 500;
const mostPages = 100;

export const chain: Measurement = {
  name: 'chain',
  figures: [
    {
      name: 'chain.serial',
      title: `serial pages of ${latencyMs} ms, wall time of the sync / sum of the tenant's own times`,
      unit: 'x',
      better: 'less',
      bar: 1.05,
      limit: '1.0',
      of: ratio('wall seconds', 'tenant seconds'),
    },
  ],
  async prepare(stand: Stand): Promise<readonly Trial[]> {
    const records = Math.min(stand.options.rows, mostPages * pageRecords);
    const tenant = await stand.tenant({ bases: { [appToken]: { [tableId]: records } }, latencyMs });
    const trial = async (): Promise<Quantities> =>
      withDatabase(stand, async ({ url: warehouse }) => {
        await tenant.usage();
        const order = { warehouse, tenant: tenant.url, modules: modulesOf(), runId: 1 };
        const { seconds, calls } = await stand.sync({ ...order, limited: true });
        const { servedMs } = await tenant.usage();
        return { 'wall seconds': seconds, 'tenant seconds': servedMs / 1000, calls };
      });
    return [trial];
  },
};
