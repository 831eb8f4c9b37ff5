// What the life of a Base table comes to, in figures.

import { type Figure, given, ratio } from '../figure.ts';

export const baseFigures: readonly Figure[] = [
  {
    name: 'base.first-load',
    title:
      'first load of Base records, HTTP to committed / COPY of the same rows into the final table',
    unit: 'x',
    better: 'more',
    bar: 0.8,
    limit: '1.0',
    of: ratio('copy seconds', 'first seconds'),
  },
  {
    name: 'base.peer',
    title: 'first load / the script by the official SDK and knex',
    unit: 'x',
    better: 'more',
    bar: 2.5,
    limit: 'about 3.2',
    of: ratio('peer seconds', 'first seconds'),
  },
  {
    name: 'base.unchanged',
    title: 're-sync of unchanged rows / first load, in rows/s',
    unit: 'x',
    better: 'more',
    bar: 2,
    of: ratio('first seconds', 'unchanged seconds'),
  },
  {
    name: 'base.unchanged-wal',
    title: 're-sync of unchanged rows, WAL',
    unit: 'MB/100k rows',
    better: 'less',
    bar: 1,
    of: given('unchanged WAL MB per 100k rows'),
  },
  {
    name: 'base.unchanged-touched',
    title: 're-sync of unchanged rows, rows written or locked',
    unit: 'rows',
    better: 'less',
    bar: 0,
    of: given('unchanged rows touched'),
  },
  {
    name: 'base.changed',
    title: 're-sync with 1 % changed / with nothing changed, in rows/s',
    unit: 'x',
    better: 'more',
    bar: 0.8,
    limit: '1.0',
    of: ratio('unchanged seconds', 'changed seconds'),
  },
  {
    name: 'base.first-load-rate',
    title: 'first load of Base records',
    unit: 'rows/s',
    better: 'more',
    of: (round) => (round['rows'] ?? Number.NaN) / (round['first seconds'] ?? Number.NaN),
  },
  {
    name: 'base.psql',
    title: 'the COPY that is measured against / psql \\copy of the same file, as a witness',
    unit: 'x',
    better: 'more',
    of: ratio('psql seconds', 'copy seconds'),
  },
];
