/** A Base, or one of its tables, perhaps as a view shows it. */
export interface BaseEntry {
  /** Named by its own token, or by the wiki node that holds it. */
  readonly kind: 'app' | 'wiki';
  readonly token: string;
  readonly tableId?: string | undefined;
  readonly viewId?: string | undefined;
}

/** What is wanted of one Base. */
export interface BaseChoice {
  readonly kind: 'app' | 'wiki';
  readonly token: string;
  /** The chosen tables with the chosen views (none: all records); undefined: every table. */
  readonly tables: ReadonlyMap<string, readonly string[]> | undefined;
}

/** The entries grouped by Base; whoever names a Base or a table without a part of it wants it whole. */
export function choicesOf(entries: readonly BaseEntry[]): readonly BaseChoice[] {
  const bases = Map.groupBy(entries, ({ kind, token }) => `${kind}:${token}`);
  return [...bases.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined
      ? []
      : [{ kind: first.kind, token: first.token, tables: tablesOf(group) }];
  });
}

function tablesOf(group: readonly BaseEntry[]): BaseChoice['tables'] {
  if (group.some(({ tableId }) => tableId === undefined)) return undefined;
  const tables = Map.groupBy(group, ({ tableId }) => tableId ?? '');
  return new Map([...tables].map(([tableId, entries]) => [tableId, viewsOf(entries)]));
}

function viewsOf(entries: readonly BaseEntry[]): readonly string[] {
  if (entries.some(({ viewId }) => viewId === undefined)) return [];
  return entries.map(({ viewId }) => viewId ?? '').sort();
}
