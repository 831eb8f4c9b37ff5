import type { Stream } from '../../stream.ts';
import { type Everybody, flows } from './flows.ts';
import type { AttendanceSettings } from './settings.ts';

export function attendance(settings: AttendanceSettings, everybody: Everybody): readonly Stream[] {
  return [flows(settings, everybody)];
}
