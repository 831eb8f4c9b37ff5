// The time zone in which Attendance's days begin and end.

import { UsageError } from '../outcome.ts';
import type { Setup } from './setup.ts';

/** An IANA name. Throws UsageError for a flag that is none. */
export async function chooseTimeZone({ flags, dialogue }: Setup): Promise<string> {
  const given = flags.timeZone;
  if (given !== undefined) {
    if (isTimeZone(given)) return given;
    throw new UsageError('--time-zone must be a name such as Asia/Shanghai.');
  }
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const asked = await dialogue?.text({
    message: 'Time zone of the working days, for the view attendance_days',
    usual: own,
    fault: (answer) => (isTimeZone(answer) ? undefined : 'It must be a name: Asia/Shanghai.'),
  });
  return asked ?? own;
}

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
