// What Approval needs: each definition, its listing, the reading of an instance; the searches are optional.

import { NotFoundError } from '../../errors.ts';
import {
  getDefinition,
  getInstance,
  listInstances,
  queryInstances,
  searchTasks,
} from '../../modules/approval/endpoints.ts';
import type { ApprovalSettings } from '../../modules/approval/settings.ts';
import type { Lark } from '../../tenant.ts';
import type { Check, Passed } from './check.ts';

const hourMs = 3_600_000;
const noInstance = '00000000-0000-0000-0000-000000000000';

export function approvalChecks(
  lark: Lark,
  { approvalCodes, locale }: ApprovalSettings,
): readonly Check[] {
  const [first = ''] = approvalCodes;
  return [
    ...approvalCodes.map((code) => codeCheck(lark, code, locale)),
    { name: getInstance.name, run: () => readable(lark) },
    {
      name: queryInstances.name,
      optional: 'Without it a closing or a revocation is seen later and costs more calls.',
      run: () =>
        tried(
          lark.call(queryInstances, { query: { page_size: 5 }, body: { approval_code: first } }),
        ),
    },
    {
      name: searchTasks.name,
      optional: 'Without it a step of an open approval is seen later and costs more calls.',
      run: () =>
        tried(lark.call(searchTasks, { query: { page_size: 5 }, body: { approval_code: first } })),
    },
  ];
}

function codeCheck(lark: Lark, code: string, locale: string): Check {
  return {
    name: `approval code ${code}`,
    run: async () => {
      const call = { params: { approval_code: code }, query: { locale } };
      const { approval_name: name, status } = await lark.call(getDefinition, call);
      const detail = `${String(name)}, ${String(status)}`;
      return { detail, next: [listCheck(lark, code)] };
    },
  };
}

function listCheck(lark: Lark, code: string): Check {
  return {
    name: `${listInstances.name} of ${code}`,
    run: async () => {
      const now = await lark.now();
      const query = {
        approval_code: code,
        start_time: String(now - hourMs),
        end_time: String(now),
        page_size: 1,
      };
      return tried(lark.call(listInstances, { query }));
    },
  };
}

/** Asks for an instance that does not exist: only who may read any is told so. */
async function readable(lark: Lark): Promise<Passed> {
  try {
    await lark.call(getInstance, { params: { instance_id: noInstance } });
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  return {};
}

async function tried(call: Promise<unknown>): Promise<Passed> {
  await call;
  return {};
}
