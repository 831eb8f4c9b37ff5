// What the tenant is called in the configuration and in every row.

import { UsageError } from '../outcome.ts';
import type { Setup } from './setup.ts';

const form = /^[a-z][a-z0-9_-]{0,62}$/;
const usual = 'main';

/** Throws UsageError for a flag that is no name. */
export async function chooseName({ flags, dialogue }: Setup): Promise<string> {
  const given = flags.source;
  if (given !== undefined) {
    if (form.test(given)) return given;
    throw new UsageError(
      '--source must begin with a to z, then at most 62 of a to z, 0 to 9, _ and -.',
    );
  }
  const asked = await dialogue?.text({
    message: 'A short name for this tenant, which every row will bear (column source)',
    usual,
    fault: (answer) => (form.test(answer) ? undefined : 'a to z, then also 0 to 9, _ and -'),
  });
  return asked ?? usual;
}
