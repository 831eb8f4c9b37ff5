// The developer console of an app: where scopes are added, and what has to follow.

import { type Platform, platformHosts } from '../../config/hosts.ts';
import type { Source } from '../../config/source.ts';

export interface ConsoleApp {
  readonly platform: Platform;
  /** Undefined where only a token is known. */
  readonly appId?: string | undefined;
}

export function appOf({ platform, auth }: Pick<Source, 'platform' | 'auth'>): ConsoleApp {
  return { platform, appId: auth.appId };
}

/** The page that adds these scopes to the app. */
export function scopesAddress({ platform, appId }: ConsoleApp, scopes: readonly string[]): string {
  const apps = `https://${platformHosts[platform]}/app`;
  if (appId === undefined) return apps;
  return `${apps}/${encodeURIComponent(appId)}/auth?q=${scopes.join(',')}`;
}

/** What is forgotten most often: the console takes a scope at once, the API only from then on. */
export const thenPublish = 'publish a version: before that a scope has no effect';
