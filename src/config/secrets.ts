// Which values of a configuration must never be seen in a log, an error or a process list.

import type { Auth } from './auth.ts';
import type { Config } from './schema.ts';

/** Every secret of the configuration, each once: app secrets, tickets, tokens, database passwords. */
export function secretsOf(config: Config): string[] {
  const ofSources = config.sources.flatMap((source) => secretsOfAuth(source.auth));
  return [...new Set([...ofSources, ...passwordsOf(config.warehouse.url)])];
}

function secretsOfAuth(auth: Auth): string[] {
  const credentials: Readonly<Record<string, string | undefined>> = { ...auth };
  const names = ['appSecret', 'appTicket', 'appAccessToken', 'tenantAccessToken'];
  return names.flatMap((name) => credentials[name] ?? []);
}

/** The password as the URL writes it and as Postgres receives it. */
function passwordsOf(url: string | undefined): string[] {
  if (url === undefined) return [];
  const { password, searchParams } = new URL(url);
  const written = /^[^:]+:\/\/[^/?#@]*?:([^/?#]*)@/.exec(url)?.[1] ?? '';
  const all = [written, password, decoded(password), ...searchParams.getAll('password')];
  return all.filter((candidate) => candidate !== '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
