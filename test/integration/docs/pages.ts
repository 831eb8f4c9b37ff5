// The catalogue of tables as a page for people, and as sources for dbt.

import { stringify } from 'yaml';
import type { TableEntry } from './catalogue.ts';

const made = 'Made by `make docs` from the comments in the warehouse.';

/** docs/tables.md */
export function tablesPage(tables: readonly TableEntry[]): string {
  const list = tables.map(({ name, comment }) => `| [${name}](#${name}) | ${cell(comment)} |`);
  return [
    '# Tables',
    `Schema \`lark\`. ${made} Every key begins with \`source\`: one warehouse can hold many tenants.`,
    ['| table | holds |', '| --- | --- |', ...list].join('\n'),
    ...tables.map(section),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

function section({ name, comment, key, columns }: TableEntry): string {
  const rows = columns.map(
    (column) => `| ${column.name} | ${column.type} | ${cell(column.comment)} |`,
  );
  return [
    `## ${name}`,
    comment,
    `Key: ${key.map((column) => `\`${column}\``).join(', ')}.`,
    ['| column | type | |', '| --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** dbt/sources.yml: https://docs.getdbt.com/reference/source-properties */
export function dbtSources(tables: readonly TableEntry[]): string {
  const source = {
    name: 'lark',
    schema: 'lark',
    description: 'Lark and Feishu tenants, replicated by larkhouse.',
    tables: tables.map(({ name, comment, columns }) => ({
      name,
      description: comment,
      ...(name === 'sync_runs' ? freshness : {}),
      columns: columns.map((column) => ({ name: column.name, description: column.comment })),
    })),
  };
  const text = stringify({ version: 2, sources: [source] }, { lineWidth: 0 });
  return `# Sources for dbt. ${made.replaceAll('`', '')}\n${text}`;
}

/** Rows keep the time of their last change, so it is the runs that tell how fresh all of it is. */
const freshness = {
  loaded_at_field: 'finished_at',
  freshness: {
    filter: "status = 'complete'",
    warn_after: { count: 6, period: 'hour' },
    error_after: { count: 24, period: 'hour' },
  },
};
