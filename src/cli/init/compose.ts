// The answers as a configuration file with comments.

import { onOneLine } from '../words.ts';
import type { BasePick } from './base.ts';
import type { ModuleName } from './given.ts';

export interface Answers {
  readonly source: string;
  readonly platform: 'lark' | 'feishu';
  /** Undefined: the platform's own host. */
  readonly baseUrl: string | undefined;
  readonly appId: string;
  /** As the file takes it: sealed. */
  readonly appSecret: string;
  readonly warehouseUrl: string | undefined;
  /** Sealed, too. */
  readonly warehousePassword: string | undefined;
  readonly modules: readonly ModuleName[];
  readonly locale: string;
  readonly codes: readonly { readonly approval_code: string; readonly name: string }[];
  readonly bases: readonly BasePick[];
  readonly timeZone: string;
  /** A JSON Schema stands beside the file. */
  readonly hasSchema: boolean;
}

/** The text of the file. */
export function compose(answers: Answers): string {
  const { source, platform, baseUrl, appId, appSecret } = answers;
  return `${answers.hasSchema ? '# yaml-language-server: $schema=./schema.json\n' : ''}\
# Configuration of larkhouse, written by \`larkhouse init\`. config/example.yaml of larkhouse has every
# option. A line that begins with # and no blank after it is an option that is off.

${warehouseText(answers)}

sources:
  # The \`source\` column of every row: another name would be another source.
  ${source}:
    platform: ${platform}
${baseUrl === undefined ? '' : `    base_url: ${scalar(baseUrl)}\n`}\
    auth:
      mode: custom_app
      app_id: ${scalar(appId)}
      # Sealed for this place of this file; only the key opens it. To replace it:
      # larkhouse secret seal --for sources.${source}.auth.app_secret
      app_secret: ${appSecret}
    # Calls in a calendar month after which syncs stop. Lark's free plan has 10000 for all apps together.
    #quota: { monthly_calls: 10000 }
    modules:
${answers.modules.map((name) => moduleTexts[name](answers)).join('\n')}
`;
}

function warehouseText({ warehouseUrl, warehousePassword }: Answers): string {
  if (warehouseUrl === undefined) {
    return `warehouse:
  # Where rows go: postgres://user:password@host:5432/database. Empty: an embedded Postgres, with its
  # data in .larkhouse/ of the folder in which larkhouse is run.
  url: \${DATABASE_URL:-}`;
  }
  const password =
    warehousePassword === undefined
      ? ''
      : `
  # Sealed; to replace it: larkhouse secret seal --for warehouse.password
  password: ${warehousePassword}`;
  return `warehouse:
  url: ${scalar(warehouseUrl)}${password}`;
}

const moduleTexts: Readonly<Record<ModuleName, (answers: Answers) => string>> = {
  contact: () => `\
      # All that the app may see. Only some departments, each with all below it:
      # contact: { department_ids: [od-..] }
      contact: {}`,
  approval: ({ codes, locale }) => `\
      approval:
        approval_codes:
${codes.map(({ approval_code: code, name }) => `          - ${scalar(code)}${comment(name)}`).join('\n')}
        # Days for which closed instances are read again; the first sync reads as far back, unless
        # start_date (yyyy-mm-dd) says more.
        lookback_days: 30
        # Language of names and option texts.
        locale: ${locale}`,
  base: ({ bases }) => `\
      base:
${bases.map(baseText).join('\n')}`,
  attendance: ({ timeZone }) => `\
      attendance:
        # Work days that each sync reads again, since punches are corrected later.
        lookback_days: 7
        # Where days begin and end in the view attendance_days.
        time_zone: ${scalar(timeZone)}`,
};

function baseText({ entry: { kind, token, tableId, viewId }, name }: BasePick): string {
  const table = tableId === undefined ? '' : `\n          table_id: ${scalar(tableId)}`;
  const view = viewId === undefined ? '' : `\n          view_id: ${scalar(viewId)}`;
  return `        - ${kind === 'wiki' ? 'wiki' : 'app'}_token: ${scalar(token)}${comment(name)}${table}${view}`;
}

/** A name that a tenant chose cannot leave its line. */
function comment(name: string): string {
  return ` # ${onOneLine(name).replace(/[\p{Zl}\p{Zp}\p{Cs}\p{Cn}\ufeff]/gu, '\u{fffd}')}`;
}

/** A text as one value, also where YAML or \`\${..}\` would take it for something else. */
function scalar(text: string): string {
  const written = text.replaceAll('$', '$$$$');
  const isPlain = /^[A-Za-z][\w./:@-]*$/.test(written) && !/^(true|false|null|~)$/i.test(written);
  return isPlain && !written.includes(': ') && !written.endsWith(':')
    ? written
    : JSON.stringify(written);
}
