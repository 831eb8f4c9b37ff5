// Lark's rate limit tiers, as its page numbers them.
// https://open.larksuite.com/document/server-docs/api-call-guide/frequency-control

import type { RateWindow } from '../tenant.ts';

const second = 1000;
const minute = 60 * second;

export const tier3: readonly RateWindow[] = [{ calls: 100, ms: minute }];
export const tier4: readonly RateWindow[] = [
  { calls: 1000, ms: minute },
  { calls: 50, ms: second },
];
export const tier8: readonly RateWindow[] = [{ calls: 20, ms: second }];
export const tier9: readonly RateWindow[] = [{ calls: 50, ms: second }];
