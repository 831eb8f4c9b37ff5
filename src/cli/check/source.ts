// What one source needs: credentials first, then the permissions of each of its modules.

import type { Source } from '../../config/source.ts';
import type { Connection } from '../../extract/connect.ts';
import type { Lark } from '../../tenant.ts';
import { uncounted } from '../uncounted.ts';
import { approvalChecks } from './approval.ts';
import { attendanceChecks } from './attendance.ts';
import { baseChecks } from './base.ts';
import type { Check } from './check.ts';
import { contactChecks } from './contact.ts';

export function sourceChecks(
  { auth, modules }: Pick<Source, 'auth' | 'modules'>,
  connection: Connection,
  signal: AbortSignal,
): readonly Check[] {
  const lark = connection.lark(uncounted, signal);
  return [
    {
      name: 'credentials',
      run: async () => {
        await connection.verify();
        return { detail: auth.mode, next: moduleChecks(modules, lark) };
      },
    },
  ];
}

/** Of a module that names nothing yet: whether the app may read any of it. */
export function moduleChecks(modules: Source['modules'], lark: Lark): readonly Check[] {
  const { contact, approval, base, attendance } = modules;
  return [
    ...(contact === undefined ? [] : contactChecks(lark, contact)),
    ...(approval === undefined ? [] : approvalChecks(lark, approval)),
    ...(base === undefined ? [] : baseChecks(lark, base)),
    ...(attendance === undefined ? [] : attendanceChecks(lark, attendance)),
  ];
}
