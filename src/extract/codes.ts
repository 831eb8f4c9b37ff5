// The one list of Lark's codes: what each means for us and what the operator does about it.
//
// https://open.larksuite.com/document/server-docs/api-call-guide/generic-error-code and the error
// tables of the endpoints. One code comes with different HTTP statuses: only the code counts.

export type Meaning =
  | 'throttled'
  | 'transient'
  | 'quota'
  | 'token'
  | 'auth'
  | 'scope'
  | 'permission'
  | 'missing'
  | 'page-token'
  | 'refused';

export interface Reading {
  readonly meaning: Meaning;
  /** What the operator does next; `{source}` is the name of the source. */
  readonly hint?: string;
}

/** What a code can depend on besides itself. */
export interface Occasion {
  readonly status: number;
  /** Lark's `msg`. */
  readonly text: string;
  /** The request bore a page token. */
  readonly paging: boolean;
}

const credentials =
  'check app_id and app_secret of source {source} in the developer console, under Credentials';
const installed =
  'publish the app in the developer console and have an administrator of the tenant approve and enable it';
const contactRange =
  "widen the app's contact data range in the developer console (all staff), or name department_ids within the range";
const share =
  'share the Base with the app: menu "..." of the Base, More, Add document app; with advanced permissions on, the app must be one of its managers';
const baseToken =
  'check the Base in the configuration; the token of a wiki link is not that of its Base: give it as wiki_token, or paste the whole URL';
const approvalCode =
  'check the approval code: it is the definitionCode= in the URL of the approval in the admin console of the same tenant';
const attendanceRange =
  'give the app the attendance data of these people: its data range in the developer console, and its role in the attendance administration';
const wikiNode = 'share the wiki page with the app, or give the app_token of the Base instead';

const rows: readonly (readonly [Meaning, readonly number[], string?])[] = [
  ['throttled', [99991400, 1254290, 1000004, 1000005, 11232, 5000]],
  ['transient', [1500, 1503, 1663, 2200, 40003, 90235, 1225000, 1227500, 1395001]],
  ['transient', [131001, 131007, 1254036, 1254291, 1254607, 1254608, 1254609]],
  ['transient', [1255001, 1255002, 1255003, 1255004, 1255005, 1255040]],
  [
    'quota',
    [99991403, 99991406],
    "the tenant's monthly quota of API calls is used up: it resets on the 1st of next month; a larger plan lifts it",
  ],
  ['token', [99991661, 99991663, 99991664, 99991665, 99991668, 99991671, 99991677], credentials],
  ['auth', [10003, 10014, 10015, 99991543], credentials],
  ['auth', [10005, 99991662, 99991673], installed],
  ['auth', [10013], 'check the tenant_key of source {source}, and that the app is installed there'],
  [
    'auth',
    [10012],
    'the app ticket is no longer valid: give the latest one that Lark pushed to the app',
  ],
  ['auth', [99991681, 99991692], credentials],
  [
    'permission',
    [99991401],
    "add this machine's public address to the app's IP allow-list in the developer console, under Security settings",
  ],
  ['scope', [99991672, 99991676, 99991679]],
  ['permission', [91403, 1254302, 1254303, 1254304, 1254306], share],
  ['permission', [40004, 40014, 41050], contactRange],
  ['permission', [1390009], 'give the app access to the approval data of this tenant'],
  ['permission', [1220005, 1220006, 1220007], attendanceRange],
  ['permission', [131006], wikiNode],
  ['missing', [91402, 1254003, 1254040], baseToken],
  ['missing', [1254004, 1254005, 1254006, 1254009, 1254041, 1254042, 1254043, 1254044, 1254045]],
  ['missing', [1390002, 1390016], approvalCode],
  ['missing', [1390003, 1390004, 40008, 40013, 40015, 41012]],
  ['missing', [99992351, 99992352, 99992353, 99992354, 99992355, 99992356, 99992357, 99992358]],
  ['missing', [99992359, 99992360, 99992361, 99992362, 99992363, 99992364]],
  ['missing', [99992379, 99992380, 99992381]],
  ['missing', [1220004], attendanceRange],
  ['missing', [131005], wikiNode],
  ['page-token', [40012, 100001]],
  ['refused', [99991201, 99991301], 'check base_url of source {source}'],
];

const readings: ReadonlyMap<number, Reading> = new Map(
  rows.flatMap(([meaning, codes, hint]) =>
    codes.map((code) => [code, hint === undefined ? { meaning } : { meaning, hint }] as const),
  ),
);

const advice: Partial<Record<Meaning, string>> = {
  missing: 'check its id; it may have been deleted, or lie outside what the app may see',
  refused: "look the code up in Lark's API documentation, or give its support the log id",
};

/** What an answer with this code, which is not 0, means. */
export function readingOf(code: number, occasion: Occasion): Reading {
  const { meaning, hint }: Reading = readings.get(code) ?? { meaning: ambiguous(code, occasion) };
  const what = hint ?? advice[meaning];
  return what === undefined ? { meaning } : { meaning, hint: what };
}

function ambiguous(code: number, { status, text, paging }: Occasion): Meaning {
  switch (code) {
    // Officially a bad parameter; seen with "too many request".
    case 9499:
      return /too many request/i.test(text) ? 'throttled' : 'refused';
    // A catch-all of Base: a bad page token, a lock, data not ready.
    case 1254002:
      return paging && !/lock|not ready|try again/i.test(text) ? 'page-token' : 'transient';
    // TooLargeResponse on one page of the documentation, InvalidPageToken on another.
    case 1254030:
      return paging && !/too\s*large/i.test(text) ? 'page-token' : 'refused';
    default:
      if (status === 429) return 'throttled';
      return status >= 500 ? 'transient' : 'refused';
  }
}
