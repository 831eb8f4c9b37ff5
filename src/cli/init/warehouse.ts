// The warehouse: the embedded Postgres, or one whose URL is asked for until it can be used.

import { type Warehouse, warehouseSchema } from '../../config/warehouse.ts';
import { LarkhouseError } from '../../errors.ts';
import { warehouseChecks } from '../check/warehouse.ts';
import { failedIn, type Setup, say, tryAll } from './setup.ts';

/** Nothing of it: the embedded Postgres. */
export interface WarehouseAnswer {
  /** Without the password. */
  readonly url?: string;
  readonly password?: string;
}

/** Throws LarkhouseError where it cannot be used and nobody can be asked. */
export async function chooseWarehouse(setup: Setup): Promise<WarehouseAnswer> {
  const { shell, dialogue } = setup;
  let given = shell.env['DATABASE_URL'] || undefined;
  for (;;) {
    const url =
      given ??
      (await dialogue?.hidden({
        message: 'URL of the Postgres to load into (not shown; empty: an embedded one)',
      })) ??
      '';
    const answer = parted(url);
    // A URL without a password is no secret, and messages need its words.
    if (answer.password !== undefined) shell.scrubber.register([url, answer.password]);
    if (await isUsable(setup, answer)) return answer;
    if (dialogue === undefined) {
      throw new LarkhouseError('the warehouse cannot be used; nothing was written', {
        hint: 'correct DATABASE_URL, or unset it for the embedded Postgres',
      });
    }
    given = undefined;
  }
}

async function isUsable(
  setup: Setup,
  { url = '', password = '' }: WarehouseAnswer,
): Promise<boolean> {
  const read = warehouseSchema.safeParse({ url, password });
  if (!read.success) {
    for (const { message, path } of read.error.issues)
      say(setup, `FAILED  ${path.join()} ${message}`);
    return false;
  }
  const settings: Warehouse = read.data;
  return failedIn(await tryAll(setup, warehouseChecks(setup.shell, settings))).length === 0;
}

/** The URL without its password, so that only this has to be sealed. */
function parted(given: string): WarehouseAnswer {
  if (given === '') return {};
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const within = url?.password ?? '';
  if (url === undefined || within === '') return { url: given };
  url.password = '';
  return { url: url.href, password: decoded(within) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
