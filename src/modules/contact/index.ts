import type { Stream } from '../../stream.ts';
import { departments } from './departments.ts';
import type { ContactSettings } from './settings.ts';
import { users } from './users.ts';

export function contact(settings: ContactSettings): readonly Stream[] {
  return [departments(settings), users(settings)];
}
