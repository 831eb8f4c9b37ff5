/** The Lark app that calls the simulated tenant: its credentials, what it may call and what it may see. */
import { type Bot, makeBot } from './bot.ts';
import { DEMO_APP_ID, DEMO_APP_SECRET, DEMO_APP_TICKET, DEMO_TENANT_KEY } from './constants.ts';

/** What the app sees of the contacts: everybody, or these departments (with all below) and users. */
export type ContactRange =
  | 'all'
  | {
      /** open_department_id of each granted department. */
      readonly departments: readonly string[];
      /** open_id of each independent member. */
      readonly users: readonly string[];
    };

/** One app of the tenant. Every field may be changed while the tenant runs. */
export interface App {
  app_id: string;
  app_secret: string;
  app_type: 'custom' | 'store';
  /** Store apps: the ticket that buys an app token, and the tenant it may enter. */
  app_ticket: string;
  tenant_key: string;
  scopes: Set<string>;
  contact_range: ContactRange;
  /** Bases that the app is a collaborator of. */
  base_collaborator: 'all' | readonly string[];
  /** user_id of people the app may not read attendance of, though it sees them in Contact. */
  outside_attendance: readonly string[];
  /** HTTP status of 99991663; Lark has been seen to use both. */
  bad_token_status: 200 | 400;
  /** The custom bot of a chat; it belongs to no app, and is here since tests reach it with the app. */
  readonly bot: Bot;
}

/** Every scope that larkhouse's streams need. */
export const ALL_SCOPES: readonly string[] = [
  'approval:approval:readonly',
  'approval:approval.list:readonly',
  'bitable:app:readonly',
  'wiki:wiki:readonly',
  'attendance:task:readonly',
  'contact:contact.base:readonly',
  'contact:department.base:readonly',
  'contact:department.organize:readonly',
  'contact:department.hrbp:readonly',
  'contact:user.base:readonly',
  'contact:user.employee_id:readonly',
  'contact:user.email:readonly',
  'contact:user.phone:readonly',
  'contact:user.gender:readonly',
  'contact:user.department:readonly',
  'contact:user.employee:readonly',
  'contact:user.employee_number:read',
];

/** An app with every permission, changed by what `given` says. */
export function makeApp(given: Partial<App> = {}): App {
  return {
    app_id: DEMO_APP_ID,
    app_secret: DEMO_APP_SECRET,
    app_type: 'custom',
    app_ticket: DEMO_APP_TICKET,
    tenant_key: DEMO_TENANT_KEY,
    contact_range: 'all',
    base_collaborator: 'all',
    outside_attendance: [],
    bad_token_status: 400,
    bot: makeBot(),
    ...given,
    scopes: new Set(given.scopes ?? ALL_SCOPES),
  };
}
