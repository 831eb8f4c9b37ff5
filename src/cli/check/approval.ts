// What Approval needs: each definition, its listing, the reading of an instance; the searches are optional.

import { NotFoundError, SourceError } from '../../errors.ts';
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
/** A code that nothing has. */
const nothing = '00000000-0000-0000-0000-000000000000';

export function approvalChecks(
  lark: Lark,
  { approvalCodes, locale }: ApprovalSettings,
): readonly Check[] {
  const [first = nothing] = approvalCodes;
  return [
    {
      name: getInstance.name,
      // One refusal instead of one for each code.
      run: async () => {
        const call = lark.call(getInstance, { params: { instance_id: nothing } });
        await permitted(call, nothing);
        return { next: approvalCodes.map((code) => codeCheck(lark, code, locale)) };
      },
    },
    ...searchChecks(lark, first),
  ];
}

function searchChecks(lark: Lark, code: string): readonly Check[] {
  return [
    {
      name: queryInstances.name,
      optional: 'Without it a closing or a revocation is seen later and costs more calls.',
      run: () =>
        permitted(
          lark.call(queryInstances, { query: { page_size: 5 }, body: { approval_code: code } }),
          code,
        ),
    },
    {
      name: searchTasks.name,
      optional: 'Without it a step of an open approval is seen later and costs more calls.',
      run: () =>
        permitted(
          lark.call(searchTasks, { query: { page_size: 5 }, body: { approval_code: code } }),
          code,
        ),
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
      await lark.call(listInstances, { query });
      return {};
    },
  };
}

/** Who may ask for a thing is told that there is none, or, of a made-up one, that nothing is called so. */
async function permitted(call: Promise<unknown>, code: string): Promise<Passed> {
  try {
    await call;
  } catch (error) {
    const isMadeUp = error instanceof SourceError && code === nothing;
    if (!isMadeUp && !(error instanceof NotFoundError)) throw error;
  }
  return {};
}
