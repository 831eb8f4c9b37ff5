// Which endpoint a request is for: its name, its rate limit, and the parts of its path.

import { TIER_3, TIER_4, TIER_8, TIER_9, type Tier, UNLIMITED } from '../../src/demo/limits.ts';

export interface Route {
  readonly name: string;
  readonly tier: Tier;
  readonly path: RegExp;
}

const app = '/open-apis/bitable/v1/apps/(?<app>[^/]+)';
const table = `${app}/tables/(?<table>[^/]+)`;
const approval = '/open-apis/approval/v4';
const contact = '/open-apis/contact/v3';

const routes: readonly Route[] = [
  route('auth', UNLIMITED, '/open-apis/auth/v3/tenant_access_token/internal'),
  route('base.records.search', TIER_8, `${table}/records/search`),
  route('base.fields.list', TIER_8, `${table}/fields`),
  route('base.tables.list', TIER_8, `${app}/tables`),
  route('base.apps.get', TIER_8, app),
  route('approval.instances.list', TIER_3, `${approval}/instances`),
  route('approval.searches', TIER_4, `${approval}/(?:instances/query|tasks/search)`),
  route('approval.instances.get', TIER_4, `${approval}/instances/(?<instance>[^/]+)`),
  route('approval.definitions.get', TIER_3, `${approval}/approvals/(?<code>[^/]+)`),
  route('attendance.user_flows.query', TIER_9, '/open-apis/attendance/v1/user_flows/query'),
  route('contact.departments.children', TIER_4, `${contact}/departments/[^/]+/children`),
  route('contact.users.find_by_department', TIER_4, `${contact}/users/find_by_department`),
  route('tier.3', TIER_3, '/open-apis/bench/v1/tiers/3'),
  route('tier.4', TIER_4, '/open-apis/bench/v1/tiers/4'),
  route('tier.8', TIER_8, '/open-apis/bench/v1/tiers/8'),
  route('tier.9', TIER_9, '/open-apis/bench/v1/tiers/9'),
];

function route(name: string, tier: Tier, path: string): Route {
  return { name, tier, path: new RegExp(`^${path}$`) };
}

export function routeOf(
  pathname: string,
): { readonly route: Route; readonly parts: Readonly<Record<string, string>> } | undefined {
  for (const candidate of routes) {
    const match = candidate.path.exec(pathname);
    if (match !== null) return { route: candidate, parts: match.groups ?? {} };
  }
  return undefined;
}
