// What a configuration file holds, as a type for those who give it as an object. `config/schema.json`
// says the same to editors, and a test holds the two together.

import type { Locale } from './modules.ts';

/** What a configuration file holds. Texts may refer to the environment: `${NAME}`, `${NAME:-default}`. */
export interface ConfigFile {
  readonly warehouse?: WarehouseInFile;
  readonly privacy?: PrivacyInFile;
  readonly notify?: NotifyInFile;
  /** Tenants by name; the name is the `source` column of every row. */
  readonly sources: Readonly<Record<string, SourceInFile>>;
}

/** Where rows go. */
export interface WarehouseInFile {
  /** `postgres://...`; left out or empty: the embedded Postgres in `.larkhouse/` of the current folder. */
  readonly url?: string;
  /** A secret, where the url has no password. */
  readonly password?: string;
  /** Default: lark. */
  readonly schema?: string;
  /** Default: lark_views. */
  readonly views_schema?: string;
}

/** Columns that are not stored as Lark gives them. */
export interface PrivacyInFile {
  /** The key of the hashes, a secret of at least 32 characters. */
  readonly hash_key?: string;
  /** By `table.column`; `round` is a number of decimals. */
  readonly columns?: Readonly<Record<string, 'drop' | 'hash' | { readonly round: number }>>;
}

/** Whom to tell of failures, recoveries, stale streams and changed Bases. */
export interface NotifyInFile {
  /** Default: en-US. */
  readonly locale?: 'en-US' | 'zh-CN';
  readonly stale_after_hours?: number;
  /** A custom bot of a chat; `url` and `secret` are secrets. */
  readonly webhook?: {
    readonly url: string;
    readonly secret?: string;
    readonly allow_hosts?: readonly string[];
  };
  /** A program and its arguments. */
  readonly command?: readonly string[];
}

/** A tenant. */
export interface SourceInFile {
  readonly platform: 'lark' | 'feishu';
  /** Default: the host of the platform. */
  readonly base_url?: string;
  /** Hosts that `base_url` may name besides the platform's own. */
  readonly allow_hosts?: readonly string[];
  readonly auth: AuthInFile;
  readonly quota?: { readonly monthly_calls: number };
  /** A module is off unless it is named. */
  readonly modules: ModulesInFile;
}

/** Credentials. Secrets may be `file:PATH`, `exec:COMMAND` or sealed. */
export interface AuthInFile {
  readonly mode: 'custom_app' | 'store_app';
  readonly app_id?: string;
  readonly app_secret?: string;
  readonly tenant_key?: string;
  readonly app_ticket?: string;
  readonly app_access_token?: string;
  readonly tenant_access_token?: string;
}

/** What to replicate. */
export interface ModulesInFile {
  readonly approval?: {
    readonly approval_codes: readonly string[];
    /** Days; default: 30. */
    readonly lookback_days?: number;
    /** yyyy-mm-dd */
    readonly start_date?: string;
    readonly locale?: Locale;
  };
  /** Links, or mappings with one of `app_token`, `wiki_token` and `url`. */
  readonly base?: readonly (string | BaseInFile)[];
  readonly attendance?: {
    readonly employee_type?: 'employee_id' | 'employee_no';
    readonly user_ids?: readonly string[];
    readonly include_terminated_users?: boolean;
    /** yyyy-mm-dd */
    readonly start_date?: string;
    /** Days; default: 7. */
    readonly lookback_days?: number;
    /** IANA name; default: UTC. */
    readonly time_zone?: string;
  };
  readonly contact?: {
    readonly department_ids?: readonly string[];
    readonly department_id_type?: 'open_department_id' | 'department_id';
    readonly user_id_type?: 'open_id' | 'union_id' | 'user_id';
  };
}

/** A Base, one of its tables, or that through a view. */
export interface BaseInFile {
  readonly app_token?: string;
  readonly wiki_token?: string;
  readonly url?: string;
  readonly table_id?: string;
  readonly view_id?: string;
}
