// Names as SQL writes them. Every name in a statement goes through here; values never do.

/** Quotes one name, whatever characters it has. */
export function ident(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes a text that belongs to a statement's own words, such as a comment; data never go this way. */
export function literal(text: string): string {
  return text.includes('\\')
    ? `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
    : `'${text.replaceAll("'", "''")}'`;
}

/** Quotes a table's name together with its schema's. */
export function qualified(schema: string, table: string): string {
  return `${ident(schema)}.${ident(table)}`;
}

/** Names, quoted, with commas between; each after a prefix such as `s.`. */
export function idents(names: readonly string[], prefix = ''): string {
  return names.map((name) => `${prefix}${ident(name)}`).join(', ');
}

/** Equality of two aliases in all the columns. */
export function equal(left: string, right: string, columns: readonly string[]): string {
  return columns.map((name) => `${left}.${ident(name)} = ${right}.${ident(name)}`).join(' and ');
}
