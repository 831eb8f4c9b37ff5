import type { Stream } from '../../stream.ts';
import { definitions } from './definitions.ts';
import { instances } from './instances.ts';
import type { ApprovalSettings } from './settings.ts';

export function approval(settings: ApprovalSettings): readonly Stream[] {
  return [definitions(settings), instances(settings)];
}
