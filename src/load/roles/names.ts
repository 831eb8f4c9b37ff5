// The roles of a warehouse. Nobody logs in as them: they are granted to the roles of people and programs.

export interface Roles {
  /** Owns the schemas and all in them. */
  readonly owner: string;
  /** Runs syncs. */
  readonly loader: string;
  /** Reads the views. */
  readonly analyst: string;
  /** Reads the views and the tables, personal columns among them. */
  readonly pii: string;
}

export function rolesOf(prefix: string): Roles {
  return {
    owner: `${prefix}_owner`,
    loader: `${prefix}_loader`,
    analyst: `${prefix}_analyst`,
    pii: `${prefix}_pii`,
  };
}

/** The prefix of the roles that this owner is one of; undefined when its name is of another kind. */
export function prefixOf(owner: string): string | undefined {
  return /^(.+)_owner$/.exec(owner)?.[1];
}
