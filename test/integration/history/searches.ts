// The scopes of an app that may search approvals in two ways, in one, or not at all.

import { ALL_SCOPES } from '../../../src/demo/app.ts';
import type { Settings } from './rules.ts';

const both = 'approval:approval.list:readonly';
const tasks = 'approval:approval:readonly';

export const scopesFor: Readonly<Record<Settings['searches'], readonly string[]>> = {
  both: ALL_SCOPES,
  tasks: ALL_SCOPES.filter((scope) => scope !== both),
  none: [
    ...ALL_SCOPES.filter((scope) => scope !== both && scope !== tasks),
    'approval:instance',
    'approval:definition',
  ],
};
