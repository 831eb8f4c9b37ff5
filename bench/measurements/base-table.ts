// The one Base table that most measurements read.

import type { ModuleSettings } from '../../src/modules/index.ts';

export const appToken: string = 'bascnBenchBenchBenchBenchBe';
export const tableId: string = 'tblBenchBenchBen';

export function modulesOf(): ModuleSettings {
  return { base: [{ kind: 'app', token: appToken }] };
}
