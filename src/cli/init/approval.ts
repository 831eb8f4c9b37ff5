// Approval codes: those that were seen to choose from, others as they are pasted. No API lists them.

import { describe, LarkhouseError } from '../../errors.ts';
import type { ContactSettings } from '../../modules/contact/settings.ts';
import type { Lark } from '../../tenant.ts';
import { codesInTasks, configuredCode } from '../discover/approval.ts';
import { departmentSights } from '../discover/contact.ts';
import type { CodeSight } from '../discover/sight.ts';
import { onOneLine } from '../words.ts';
import { type Setup, say } from './setup.ts';

const everybody: ContactSettings = {
  departmentIds: [],
  departmentIdType: 'open_department_id',
  userIdType: 'open_id',
};

/** At least one, each read once. Throws LarkhouseError where one cannot be and nobody can be asked. */
export async function chooseCodes(
  setup: Setup,
  lark: Lark,
  locale: string,
): Promise<readonly CodeSight[]> {
  const { dialogue, flags } = setup;
  const known = new Map<string, CodeSight>();
  let next: readonly string[] = flags.approvalCodes.flatMap(codesIn);
  const isGiven = next.length > 0;
  if (!isGiven) next = await chooseSeen(setup, lark);
  for (;;) {
    const refused: string[] = [];
    for (const code of next) {
      const sight = await read(setup, lark, code, locale);
      if (sight === undefined) refused.push(code);
      else known.set(code, sight);
    }
    if (isGiven && refused.length === 0) return [...known.values()];
    if (dialogue === undefined) {
      throw new LarkhouseError('an approval code cannot be read; nothing was written');
    }
    const answer = await dialogue.text({
      message:
        known.size === 0
          ? 'Approval codes, or addresses of approvals in the approval administration'
          : 'More approval codes (empty: no more)',
      initial: refused.join(' '),
      fault: (given) => (given === '' && known.size === 0 ? 'One at least.' : undefined),
    });
    next = codesIn(answer).filter((code) => !known.has(code));
    if (answer === '' || (next.length === 0 && known.size > 0)) return [...known.values()];
  }
}

/** The codes in what was pasted: addresses of the approval administration name theirs. */
export function codesIn(pasted: string): readonly string[] {
  const words = pasted.split(/[\s,;]+/).filter((word) => word !== '');
  return [...new Set(words.map((word) => /definitionCode=([\w-]+)/i.exec(word)?.[1] ?? word))];
}

async function read(
  setup: Setup,
  lark: Lark,
  code: string,
  locale: string,
): Promise<CodeSight | undefined> {
  try {
    const [sight] = await configuredCode(lark, code, locale);
    if (sight !== undefined) say(setup, `ok      ${code} (${nameOf(sight)})`);
    return sight;
  } catch (error) {
    setup.signal.throwIfAborted();
    say(setup, `FAILED  ${code}: ${describe(error)}`);
    return undefined;
  }
}

function nameOf({ name, status }: CodeSight): string {
  return onOneLine(status === null ? name : `${name}, ${status}`);
}

async function chooseSeen(setup: Setup, lark: Lark): Promise<readonly string[]> {
  const { dialogue } = setup;
  if (dialogue === undefined) return [];
  say(setup, '\nLooking for approvals among the tasks of some people ..');
  const seen = await seenCodes(setup, lark);
  if (seen.length === 0) {
    say(setup, 'None was seen. The code is in the address of an approval: definitionCode=..');
    return [];
  }
  const choices = seen.map((sight) => ({
    value: sight.approval_code,
    label: nameOf(sight),
    hint: sight.approval_code,
  }));
  const all = seen.map((sight) => sight.approval_code);
  return dialogue.chooseSome('Approvals to read (you can add others next)', choices, all);
}

/** It is a convenience: what refuses it is told later, by what needs it. */
async function seenCodes(setup: Setup, lark: Lark): Promise<readonly CodeSight[]> {
  try {
    return await codesInTasks(lark, everybody, await departmentSights(lark, everybody));
  } catch {
    setup.signal.throwIfAborted();
    return [];
  }
}
