// For calls that nobody keeps count of.

import type { Meter } from '../tenant.ts';

export const uncounted: Meter = {
  allow: () => undefined,
  sent: () => undefined,
  throttled: () => undefined,
  retried: () => undefined,
  failed: () => undefined,
  waited: () => undefined,
};
