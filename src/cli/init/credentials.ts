// Platform, app id and secret: asked for until Lark gives a token for them.

import { type Platform, platformHosts } from '../../config/hosts.ts';
import type { Source } from '../../config/source.ts';
import { AuthError, describe } from '../../errors.ts';
import type { Connection } from '../../extract/connect.ts';
import { takeSecret } from '../secret/take.ts';
import { connectTenant } from '../sync/connections.ts';
import type { Choice } from './dialogue.ts';
import { type Setup, say } from './setup.ts';

export interface Credentials {
  readonly platform: Platform;
  readonly baseUrl: string;
  readonly appId: string;
  readonly secret: string;
}

export interface Access extends Credentials {
  /** Has a token. */
  readonly connection: Connection;
}

const platforms: readonly Choice<Platform>[] = [
  { value: 'lark', label: 'Lark', hint: `its console is ${platformHosts.lark}/app` },
  { value: 'feishu', label: 'Feishu', hint: `its console is ${platformHosts.feishu}/app` },
];

/** Throws what Lark says of them where nobody can be asked again, and InterruptedError. */
export async function gainAccess(setup: Setup, name: string): Promise<Access> {
  const { flags, shell, signal, dialogue } = setup;
  const { LARK_APP_SECRET: fromEnvironment = '' } = shell.env;
  let given: Partial<Credentials> = {
    ...(flags.platform === undefined ? {} : { platform: flags.platform }),
    ...(flags.appId === undefined ? {} : { appId: flags.appId }),
    ...(fromEnvironment === '' ? {} : { secret: fromEnvironment }),
  };
  let before: Partial<Credentials> = {};
  for (;;) {
    const credentials = await complete(setup, given, before);
    shell.scrubber.register([credentials.secret]);
    const connection = connectAs(credentials, name, setup);
    try {
      await connection.verify();
      say(setup, `Lark gives ${credentials.appId} a token.`);
      return { ...credentials, connection };
    } catch (error) {
      await connection.close();
      signal.throwIfAborted();
      if (dialogue === undefined) throw error;
      say(setup, describe(error));
      before = credentials;
      given = (await isToBeRepeated(setup, error)) ? credentials : {};
    }
  }
}

/** What is not given is asked for, with what was answered before standing there. */
async function complete(
  { dialogue, shell, flags }: Setup,
  given: Partial<Credentials>,
  before: Partial<Credentials>,
): Promise<Credentials> {
  const platform =
    given.platform ??
    (await dialogue?.choose('Where is the app?', platforms, before.platform ?? 'lark')) ??
    'lark';
  const host = platformHosts[platform];
  const appId =
    given.appId ??
    (await dialogue?.text({
      message: `App ID (https://${host}/app, your app, Credentials & Basic Info)`,
      usual: before.appId,
      fault: (answer) => (/^\S+$/.test(answer) ? undefined : 'It looks like cli_a1b2c3d4e5f6.'),
    })) ??
    '';
  const secret =
    given.secret ??
    (await dialogue?.hidden({
      message: 'App Secret (beside it; not shown here, and sealed in the file)',
      fault: (answer) => (answer === '' ? 'It is needed: paste it.' : undefined),
    })) ??
    (await takeSecret(shell, 'app_secret'));
  return { platform, appId, secret, baseUrl: flags.baseUrl ?? `https://${host}` };
}

function connectAs(credentials: Credentials, name: string, { shell, signal }: Setup): Connection {
  const connection = connectTenant(sourceOf(credentials, name), shell.scrubber);
  // A token that is being waited for knows no signal.
  signal.addEventListener('abort', () => void connection.close(), { once: true });
  return connection;
}

/** What Lark refuses will not be accepted the next time; a network may. */
async function isToBeRepeated(setup: Setup, error: unknown): Promise<boolean> {
  if (error instanceof AuthError) {
    say(setup, 'An app of Feishu is unknown to Lark and the other way round. Answer again:');
    return false;
  }
  return (await setup.dialogue?.agree('Try the same once more?')) === true;
}

/** The source as far as it is known. */
function sourceOf({ platform, baseUrl, appId, secret }: Credentials, name: string): Source {
  const auth = { mode: 'custom_app', appId, appSecret: secret } as const;
  return {
    name,
    platform,
    baseUrl,
    allowHosts: [],
    privateNetwork: false,
    auth,
    modules: {},
  };
}
