// The configuration that a command runs on: loaded, its secrets known to the scrubber, its sources chosen.

import type { ConfigFile } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import type { DemoClock } from './demo-tenant.ts';
import { selectSources } from './selection.ts';
import type { Surroundings } from './surroundings.ts';

export interface Configured {
  /** With the chosen sources only. */
  readonly config: Config;
  /** Full path; undefined for the built-in demo. */
  readonly file: string | undefined;
  /** Its tenant has to be simulated by this process. */
  readonly needsTenant: boolean;
}

export interface Choice {
  /** The file, or what would stand in it; undefined: where the environment or the usual place leads. */
  readonly config: string | ConfigFile | undefined;
  /** Names of sources; empty: all. */
  readonly source: readonly string[];
}

/** What a command deals with: secrets of tenants are not fetched for one that asks none. */
export type Scope = 'tenants' | 'warehouse';

/** Loads what the flags or the environment name. Throws ConfigError and UsageError. */
export async function configure(
  surroundings: Surroundings,
  choice: Choice,
  scope: Scope = 'tenants',
): Promise<Configured> {
  const { LARKHOUSE_DEMO_URL: served = '' } = surroundings.env;
  const { config, file, isDemo } = await load(surroundings, choice, scope);
  return { config, file, needsTenant: isDemo && served === '' };
}

/** The configuration with the simulated tenant behind it, where it needs one. */
export interface Served {
  readonly config: Config;
  close(): Promise<void>;
}

export async function serve(
  surroundings: Surroundings,
  choice: Choice,
  { configured, clock }: { readonly configured: Configured; readonly clock: DemoClock },
): Promise<Served> {
  if (!configured.needsTenant) return { config: configured.config, close: async () => undefined };
  const { startDemoTenant } = await import('./demo-tenant.ts');
  const tenant = await startDemoTenant(surroundings, clock);
  const env = { ...surroundings.env, LARKHOUSE_DEMO_URL: tenant.url };
  const { config } = await load({ ...surroundings, env }, choice, 'tenants');
  return { config, close: () => tenant.close() };
}

async function load({ env, cwd, scrubber }: Surroundings, choice: Choice, scope: Scope) {
  const [{ loadConfig }, { requireTreatable }] = await Promise.all([
    import('../config/load.ts'),
    import('./privacy/treatable.ts'),
  ]);
  // Postgres is given it where the URL has no password.
  scrubber.register([env['PGPASSWORD'] ?? '']);
  const loaded = await loadConfig({
    file: choice.config,
    env,
    cwd,
    hide: (secrets) => scrubber.register(secrets),
    forTenants: scope === 'tenants',
  });
  requireTreatable(loaded.config.privacy);
  const sources = selectSources(loaded.config.sources, choice.source);
  return { ...loaded, config: { ...loaded.config, sources } };
}
