// How freely V8 takes memory. By itself its young generation alone grows to 100 MB on a machine that has much.

import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the young generation at its first size, and the old one from growing to more than twice of what lives. A sync
 * then peaks at 170 MB instead of 300, for a twentieth more processor time. To be called before anything else is done.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=100');
}
