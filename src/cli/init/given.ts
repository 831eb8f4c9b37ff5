// What flags and the environment say already, and what else has to be said where nobody can be asked.

import { existsSync } from 'node:fs';
import { baseUrlFault, isLoopback, type Platform } from '../../config/hosts.ts';
import { suggest } from '../../config/suggest.ts';
import { UsageError } from '../outcome.ts';

export const moduleNames = ['contact', 'approval', 'base', 'attendance'] as const;

export type ModuleName = (typeof moduleNames)[number];

export interface InitFlags {
  /** The file to write. */
  readonly config: string | undefined;
  /** What the tenant is called in it. */
  readonly source: string | undefined;
  readonly platform: Platform | undefined;
  readonly appId: string | undefined;
  readonly modules: readonly ModuleName[] | undefined;
  readonly approvalCodes: readonly string[];
  /** Links of Bases. */
  readonly bases: readonly string[];
  readonly timeZone: string | undefined;
  /** Where the API is, when not at the platform's own host. */
  readonly baseUrl: string | undefined;
  /** Replace a file that exists without asking. */
  readonly yes: boolean;
}

/** Reads `contact,base`. Throws UsageError. */
export function readModules(given: string | undefined): readonly ModuleName[] | undefined {
  if (given === undefined) return undefined;
  const words = given.split(',').map((word) => word.trim());
  const modules = moduleNames.filter((name) => words.includes(name));
  const unknown = words.find((word) => !moduleNames.some((name) => name === word));
  if (unknown === undefined) return modules;
  throw new UsageError(`--modules names "${unknown}": ${suggest(unknown, moduleNames)}`);
}

/** Reads the address of the simulated tenant. Throws UsageError. */
export function readBaseUrl(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const fault = baseUrlFault(given);
  if (fault !== undefined) throw new UsageError(`--base-url ${fault}`);
  const { hostname, origin } = new URL(given);
  if (isLoopback(hostname)) return origin;
  throw new UsageError('--base-url is for a simulated tenant on this machine.', {
    hint: 'write another host into the file afterwards, with allow_hosts (config/example.yaml)',
  });
}

/** Throws UsageError naming every flag that is missing. */
export function requireAll(flags: InitFlags): void {
  const { platform, appId, modules, approvalCodes, bases } = flags;
  const missing = [
    ...(platform === undefined ? ['--platform'] : []),
    ...(appId === undefined ? ['--app-id'] : []),
    ...(modules === undefined ? ['--modules'] : []),
    ...(modules?.includes('approval') === true && approvalCodes.length === 0
      ? ['--approval-code']
      : []),
    ...(modules?.includes('base') === true && bases.length === 0 ? ['--base'] : []),
  ];
  if (missing.length === 0) return;
  const flag = missing.length === 1 ? 'flag' : 'flags';
  throw new UsageError(
    `init has nobody to ask, since this is no terminal, and misses the ${flag} ${missing.join(', ')}.`,
    { hint: 'add them, and give the secret in LARK_APP_SECRET or on standard input' },
  );
}

/** Throws UsageError where the file exists, nobody can be asked, and --yes is not given. */
export function requireFree(path: string, name: string, { yes }: InitFlags): void {
  if (yes || !existsSync(path)) return;
  throw new UsageError(`${name} exists.`, {
    hint: 'add --yes to replace it, or name another file with --config',
  });
}
