// Where secrets stand in a configuration; `*` is a name of one's own. A test compares this list with
// what the schema declares as secret.

import { formatPath, type Path } from './path.ts';

export const secretPlaces: readonly string[] = [
  'warehouse.url',
  'warehouse.password',
  'notify.webhook.url',
  'notify.webhook.secret',
  'privacy.hash_key',
  'sources.*.auth.app_secret',
  'sources.*.auth.app_ticket',
  'sources.*.auth.app_access_token',
  'sources.*.auth.tenant_access_token',
];

/** Whether a text of the file, at this path, may come from elsewhere than the environment. */
export function isSecretPlace(path: Path): boolean {
  return isSecretPlaceName(formatPath(path));
}

/** The same of a path as it is written. */
export function isSecretPlaceName(name: string): boolean {
  return secretPlaces.some((place) => {
    const pattern = place.replaceAll('.', '\\.').replaceAll('*', '[\\w-]+');
    return new RegExp(`^${pattern}$`).test(name);
  });
}
