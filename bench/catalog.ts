// What is measured, one line a measurement.

import type { Measurement } from './figure.ts';
import { approval } from './measurements/approval.ts';
import { base } from './measurements/base.ts';
import { chain } from './measurements/chain.ts';
import { growth } from './measurements/growth.ts';
import { help } from './measurements/help.ts';
import { memory } from './measurements/memory.ts';
import { rates } from './measurements/rates.ts';
import { staged } from './measurements/staged.ts';
import { workload } from './measurements/workload.ts';

export const catalog: readonly Measurement[] = [
  staged,
  base,
  approval,
  chain,
  rates,
  workload,
  memory,
  growth,
  help,
];
