// `larkhouse init`: asks for what a first configuration needs, tries each answer at once, and writes it.

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { seal } from '../config/sealed.ts';
import { chooseCodes } from './init/approval.ts';
import { chooseBases } from './init/base.ts';
import { type Answers, compose } from './init/compose.ts';
import { type Access, gainAccess } from './init/credentials.ts';
import { openDialogue } from './init/dialogue.ts';
import { farewell } from './init/farewell.ts';
import { type InitFlags, requireAll, requireFree } from './init/given.ts';
import { type SealingKey, sealingKey } from './init/key.ts';
import { chooseModules } from './init/modules.ts';
import { chooseName } from './init/name.ts';
import { placeFile, placeInstead } from './init/place-file.ts';
import { type Setup, say } from './init/setup.ts';
import { chooseTimeZone } from './init/time-zone.ts';
import { chooseWarehouse } from './init/warehouse.ts';
import { onInterrupt, stopped } from './interrupt.ts';
import type { ExitCode } from './outcome.ts';
import { print, type Shell } from './shell.ts';
import { uncounted } from './uncounted.ts';

const usualFile = 'config/larkhouse.yaml';

/** Throws UsageError, ConfigError, InterruptedError, and what Lark refuses where nobody can be asked. */
export async function init(shell: Shell, flags: InitFlags): Promise<ExitCode> {
  const name = flags.config ?? (shell.env['LARKHOUSE_CONFIG'] || usualFile);
  const path = resolve(shell.cwd, name);
  const stop = new AbortController();
  const silence = onInterrupt((signal) => stop.abort(stopped('setup', signal)));
  try {
    const isTerminal = shell.stdin.isTTY === true && shell.stderr.isTTY === true;
    const dialogue = isTerminal ? openDialogue(shell.stdin, shell.stderr, stop.signal) : undefined;
    const setup: Setup = { shell, flags, dialogue, signal: stop.signal };
    const key = await sealingKey(shell);
    if (dialogue === undefined) {
      requireAll(flags);
      requireFree(path, name, flags);
    } else {
      say(
        setup,
        'Each answer is tried at once. Nothing is written before the end; Ctrl-C leaves.\n',
      );
      if (
        existsSync(path) &&
        !flags.yes &&
        !(await dialogue.agree(`${name} exists. Replace it?`))
      ) {
        say(setup, 'Nothing was changed. Name another file with --config.');
        return 1;
      }
    }
    const answers = await answersOf(setup, key, dirname(path));
    stop.signal.throwIfAborted();
    await placeBoth({ path, name, text: compose(answers) }, key);
    print(shell, farewell(shell, { name, isUsual: name === usualFile, key }));
    return 0;
  } finally {
    silence();
  }
}

interface Configuration {
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/** The key first: without it the file would be worth nothing. */
async function placeBoth({ path, name, text }: Configuration, key: SealingKey): Promise<void> {
  const { file, fresh } = key;
  if (file === undefined || fresh === undefined) return place(path, name, text);
  await placeFile(file, file, `${fresh}\n`);
  await place(path, name, text).catch(async (error: unknown) => {
    await rm(file);
    throw error;
  });
}

function place(path: string, name: string, text: string): Promise<void> {
  return (existsSync(path) ? placeInstead : placeFile)(path, name, text);
}

async function answersOf(setup: Setup, { key }: SealingKey, folder: string): Promise<Answers> {
  const source = await chooseName(setup);
  const access = await gainAccess(setup, source);
  try {
    const place = `sources.${source}.auth.app_secret`;
    const appSecret = seal(access.secret, place, key);
    const contents = await contentsOf(setup, access);
    const { url, password } = await chooseWarehouse(setup);
    return {
      source,
      platform: access.platform,
      baseUrl: setup.flags.baseUrl,
      appId: access.appId,
      appSecret,
      ...contents,
      warehouseUrl: url,
      warehousePassword:
        password === undefined ? password : seal(password, 'warehouse.password', key),
      hasSchema: existsSync(join(folder, 'schema.json')),
    };
  } finally {
    await access.connection.close();
  }
}

type Contents = Pick<Answers, 'modules' | 'locale' | 'codes' | 'bases' | 'timeZone'>;

async function contentsOf(setup: Setup, access: Access): Promise<Contents> {
  const lark = access.connection.lark(uncounted, setup.signal);
  const app = { platform: access.platform, appId: access.appId };
  const modules = await chooseModules(setup, lark, app);
  const locale = access.platform === 'feishu' ? 'zh-CN' : 'en-US';
  return {
    modules,
    locale,
    codes: modules.includes('approval') ? await chooseCodes(setup, lark, locale) : [],
    bases: modules.includes('base') ? await chooseBases(setup, { lark, app }) : [],
    timeZone: modules.includes('attendance') ? await chooseTimeZone(setup) : 'UTC',
  };
}
