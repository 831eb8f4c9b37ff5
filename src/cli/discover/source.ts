// All that one source sees. What is refused keeps nothing else from being looked at.

import type { Source } from '../../config/source.ts';
import { describe } from '../../errors.ts';
import { choicesOf } from '../../modules/base/settings.ts';
import type { ContactSettings } from '../../modules/contact/settings.ts';
import type { Replica } from '../../stream.ts';
import type { Lark } from '../../tenant.ts';
import { codesInTasks, codesInWarehouse, configuredCode } from './approval.ts';
import { baseSights } from './base.ts';
import { departmentSights } from './contact.ts';
import type { BaseSight, CodeSight, Sight } from './sight.ts';

const everybody: ContactSettings = {
  departmentIds: [],
  departmentIdType: 'open_department_id',
  userIdType: 'open_id',
};

/** Throws the reason of the signal; whatever else goes wrong is in the sight. */
export async function sightOf(
  { name, modules }: Pick<Source, 'name' | 'modules'>,
  lark: Lark,
  replica: Replica,
  signal: AbortSignal,
): Promise<Sight> {
  const errors: string[] = [];
  const seen = async <T>(look: Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      return await look;
    } catch (error) {
      signal.throwIfAborted();
      errors.push(describe(error));
      return [];
    }
  };
  const bases: BaseSight[] = [];
  for (const choice of choicesOf(modules.base ?? [])) {
    bases.push(...(await seen(baseSights(lark, choice))));
  }
  const contact = modules.contact ?? everybody;
  const departments = await seen(departmentSights(lark, contact));
  const codes: CodeSight[] = [];
  const { approval } = modules;
  for (const code of approval?.approvalCodes ?? []) {
    codes.push(...(await seen(configuredCode(lark, code, approval?.locale ?? ''))));
  }
  codes.push(...(await seen(codesInWarehouse(replica))));
  if (approval !== undefined) {
    codes.push(...(await seen(codesInTasks(lark, contact, departments))));
  }
  return {
    source: name,
    bases,
    departments,
    approval_codes: eachOnce(codes),
    errors: [...new Set(errors)],
  };
}

/** The first sight of each code tells most of it. */
function eachOnce(codes: readonly CodeSight[]): readonly CodeSight[] {
  return [...Map.groupBy(codes, (code) => code.approval_code).values()].flatMap((same) =>
    same.slice(0, 1),
  );
}
