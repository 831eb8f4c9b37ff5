// The most memory that a sync ever held, each in a process of its own: with few records and with ten times as
// many, at their first load and when nothing changed, and with one answer of 200 MB.

import {
  type Figure,
  given,
  type Measurement,
  type Quantities,
  ratio,
  type Trial,
} from '../figure.ts';
import type { Stand } from '../stand/stand.ts';
import { withDatabase } from '../stand/stand.ts';
import { appToken, modulesOf, tableId } from './base-table.ts';

const most = { unit: 'MB', better: 'less', bar: 200 } as const satisfies Partial<Figure>;

export const memory: Measurement = {
  name: 'memory',
  figures: [
    {
      name: 'memory.growth',
      title: 'peak RSS of a first load of 10 times the records / of the records',
      unit: 'x',
      better: 'less',
      bar: 1.1,
      limit: '1.0',
      of: ratio('10x first MB', '1x first MB'),
    },
    {
      name: 'memory.first-load',
      title: 'peak RSS of a first load of 10 times the records',
      ...most,
      of: given('10x first MB'),
    },
    {
      name: 'memory.unchanged',
      title: 'peak RSS of a re-sync of them with nothing changed',
      ...most,
      of: given('10x unchanged MB'),
    },
    {
      name: 'memory.large-answer',
      title: 'peak RSS of a sync with one answer of 200 MB',
      ...most,
      of: given('large answer MB'),
    },
  ],
  async prepare(stand: Stand): Promise<readonly Trial[]> {
    const { rows, quick } = stand.options;
    const answerBytes = quick ? 20e6 : 200e6;
    return [
      await baseTrial(stand, '1x', rows),
      await baseTrial(stand, '10x', rows * 10),
      await largeAnswerTrial(stand, answerBytes),
    ];
  },
};

async function baseTrial(stand: Stand, name: string, records: number): Promise<Trial> {
  const tenant = await stand.tenant({ bases: { [appToken]: { [tableId]: records } } });
  return () =>
    withDatabase(stand, async ({ url: warehouse }): Promise<Quantities> => {
      const order = { warehouse, tenant: tenant.url, modules: modulesOf() };
      const first = await stand.sync({ ...order, runId: 1 });
      await tenant.move(appToken, tableId, false);
      const again = await stand.sync({ ...order, runId: 2 });
      return {
        [`${name} first MB`]: first.peakMb,
        [`${name} first seconds`]: first.seconds,
        [`${name} unchanged MB`]: again.peakMb,
        [`${name} unchanged seconds`]: again.seconds,
      };
    });
}

/** A month of one person's punches, and far too many of them. */
async function largeAnswerTrial(stand: Stand, punchBytes: number): Promise<Trial> {
  const tenant = await stand.tenant({ punchBytes });
  const attendance = {
    employeeType: 'employee_id',
    userIds: ['u0000001'],
    includeTerminatedUsers: false,
    lookbackDays: 7,
  } as const;
  return () =>
    withDatabase(stand, async ({ url: warehouse }): Promise<Quantities> => {
      const order = { warehouse, tenant: tenant.url, modules: { attendance }, runId: 1 };
      const { peakMb, seconds, records } = await stand.sync(order);
      return {
        'large answer MB': peakMb,
        'large answer seconds': seconds,
        'large answer bytes': punchBytes,
        'large answer records': records,
      };
    });
}
