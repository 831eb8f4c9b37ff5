// Bases by their links, since no API lists them; their tables are listed to choose from.

import { type BaseLink, readBaseLink } from '../../config/base-link.ts';
import { LarkhouseError } from '../../errors.ts';
import type { Lark } from '../../tenant.ts';
import { baseChecks } from '../check/base.ts';
import type { ConsoleApp } from '../check/console.ts';
import { baseSights } from '../discover/base.ts';
import type { BaseSight } from '../discover/sight.ts';
import { onOneLine, plural } from '../words.ts';
import type { Choice, Dialogue } from './dialogue.ts';
import { failedIn, type Setup, say, tryAll } from './setup.ts';

/** What of a Base to read, and what people call that. */
export interface BasePick {
  readonly entry: BaseLink;
  readonly name: string;
}

interface Tenant {
  readonly lark: Lark;
  readonly app: ConsoleApp;
}

/** At least one. Throws LarkhouseError where one cannot be read and nobody can be asked. */
export async function chooseBases(setup: Setup, tenant: Tenant): Promise<readonly BasePick[]> {
  const { dialogue, flags } = setup;
  const picks = new Map<string, BasePick>();
  const waiting = [...flags.bases];
  let isAsking = waiting.length === 0;
  let last = '';
  for (;;) {
    const given = waiting.shift();
    if (given === undefined && !isAsking) return [...picks.values()];
    const link = given ?? (await askForLink(dialogue, last, picks.size));
    if (link === '') return [...picks.values()];
    const found = await pick(setup, tenant, link, given !== undefined);
    for (const one of found) picks.set(JSON.stringify(one.entry), one);
    last = found.length === 0 ? link : '';
    if (found.length > 0) continue;
    if (dialogue === undefined) {
      throw new LarkhouseError('a Base cannot be read; nothing was written');
    }
    isAsking = true;
  }
}

async function askForLink(
  dialogue: Dialogue | undefined,
  initial: string,
  picked: number,
): Promise<string> {
  const message =
    picked === 0
      ? 'Link of a Base, or of the wiki page that holds it, from the browser'
      : 'Another Base (empty: no more)';
  const fault = (answer: string): string | undefined => {
    if (answer === '') return picked === 0 ? 'One at least.' : undefined;
    const read = readBaseLink(answer);
    return 'fault' in read ? `This ${read.fault}.` : undefined;
  };
  return (await dialogue?.text({ message, initial, fault })) ?? '';
}

/** Empty, and told, where it cannot be read. */
async function pick(
  setup: Setup,
  { lark, app }: Tenant,
  text: string,
  isGiven: boolean,
): Promise<readonly BasePick[]> {
  const link = readBaseLink(text);
  if ('fault' in link) {
    say(setup, `FAILED  ${text}: ${link.fault}`);
    return [];
  }
  const base = await look(setup, { lark, app }, link);
  if (base === undefined) return [];
  const entries = isGiven ? [link] : await chooseEntries(setup, link, base);
  const found = await tryAll(setup, baseChecks(lark, entries), app);
  if (failedIn(found).length > 0) return [];
  return entries.map((entry) => ({ entry, name: nameOf(entry, base) }));
}

async function look(
  setup: Setup,
  { lark, app }: Tenant,
  { kind, token }: BaseLink,
): Promise<BaseSight | undefined> {
  try {
    const [base] = await baseSights(lark, { kind, token, tables: undefined });
    if (base === undefined) return undefined;
    say(setup, `ok      ${onOneLine(base.name)}: ${plural(base.tables.length, 'table')}`);
    return base;
  } catch {
    setup.signal.throwIfAborted();
    // They tell what keeps it from being read, and where to change that.
    await tryAll(setup, baseChecks(lark, [{ kind, token }]), app);
    return undefined;
  }
}

function nameOf({ tableId, viewId }: BaseLink, { name, tables }: BaseSight): string {
  if (tableId === undefined) return name;
  const table = tables.find((one) => one.table_id === tableId)?.name ?? tableId;
  return `${name}, table ${table}${viewId === undefined ? '' : ', one view of it'}`;
}

type Extent = 'all' | 'table' | 'view' | 'some';

async function chooseEntries(
  { dialogue }: Setup,
  link: BaseLink,
  { tables }: BaseSight,
): Promise<readonly BaseLink[]> {
  const { kind, token, tableId, viewId } = link;
  const whole = { kind, token };
  if (tables.length <= 1) return [whole];
  const shown = tables.find((table) => table.table_id === tableId);
  const extents: readonly Choice<Extent>[] = [
    { value: 'all', label: 'All its tables, and those that come later' },
    ...(shown === undefined ? [] : [{ value: 'table', label: `Only ${shown.name}` } as const]),
    ...(shown === undefined || viewId === undefined
      ? []
      : [{ value: 'view', label: `Only what the view of ${shown.name} shows` } as const]),
    { value: 'some', label: 'Some of its tables' },
  ];
  switch (await dialogue?.choose('What of it?', extents, 'all')) {
    case 'table':
      return [{ ...whole, ...(tableId === undefined ? {} : { tableId }) }];
    case 'view':
      return [link];
    case 'some': {
      const choices = tables.map((table) => ({ value: table.table_id, label: table.name }));
      const chosen = (await dialogue?.chooseSome('Its tables', choices, [])) ?? [];
      return chosen.length === 0 ? [whole] : chosen.map((id) => ({ ...whole, tableId: id }));
    }
    default:
      return [whole];
  }
}
