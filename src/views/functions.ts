// Functions with which views read what Lark packs into JSON. A value that is not what its field promises
// gives null: a view never fails for one row. What is missing here stays readable in the tables.
// Shapes of cells: https://open.larksuite.com/document/docs/bitable-v1/app-table-record/bitable-record-data-structure-overview

import { ident, literal, qualified } from '../load/identifier.ts';

export type FunctionName =
  | 'cell_value'
  | 'cell_elements'
  | 'cell_text'
  | 'cell_texts'
  | 'cell_ids'
  | 'cell_links'
  | 'cell_numbers'
  | 'cell_number'
  | 'cell_times'
  | 'cell_time'
  | 'cell_flag'
  | 'text_time';

interface ReadFunction {
  /** A Postgres type. */
  readonly gives: string;
  readonly comment: string;
  /** What is selected; `$1` is the cell as jsonb, `@` the schema of the functions. */
  readonly body: string;
}

/** In the order in which they need one another. */
const functions: Readonly<Record<FunctionName, ReadFunction>> = {
  /** Formulas and lookups wrap their values, with the type beside them. */
  cell_value: {
    gives: 'jsonb',
    comment: 'The value of a cell, without the wrapping of formulas and lookups.',
    body: `case when jsonb_typeof($1) = 'object' and $1 ? 'value' then $1 -> 'value' else $1 end`,
  },
  cell_elements: {
    gives: 'setof jsonb',
    comment: 'The elements of a cell: those of its list, or its one value.',
    body: `value from jsonb_array_elements(
    case jsonb_typeof(@.cell_value($1)) when 'array' then @.cell_value($1) when 'null' then '[]' else jsonb_build_array(@.cell_value($1)) end
  ) with ordinality as elements (value, place) where jsonb_typeof(value) <> 'null' order by place`,
  },
  cell_text: {
    gives: 'text',
    comment:
      'A cell as a text: rich text without its links, a place by its address, a list with commas.',
    body: `string_agg(
    coalesce(e ->> 'text', e ->> 'full_address', e ->> 'name', e ->> 'link', e #>> '{}'),
    case when jsonb_typeof(e) = 'object' and e ? 'text' then '' else ', ' end
  ) from @.cell_elements($1) e`,
  },
  cell_texts: {
    gives: 'text[]',
    comment: 'Names or texts of what is in a cell: options, people, groups, files.',
    body: `array_agg(coalesce(e ->> 'name', e ->> 'text', e #>> '{}')) from @.cell_elements($1) e`,
  },
  cell_ids: {
    gives: 'text[]',
    comment: 'Ids of the people or groups in a cell.',
    body: `array_agg(e ->> 'id') filter (where e ->> 'id' is not null) from @.cell_elements($1) e`,
  },
  cell_links: {
    gives: 'text[]',
    comment: 'Ids of the records that a cell links to.',
    body: `array_agg(id) from @.cell_elements($1) e,
  jsonb_array_elements_text(case jsonb_typeof(e -> 'link_record_ids') when 'array' then e -> 'link_record_ids' else '[]' end) as id`,
  },
  cell_numbers: {
    gives: 'numeric[]',
    comment: 'The numbers in a cell.',
    body: `array_agg(e::numeric) from (
  select e #>> '{}' as e from @.cell_elements($1) e
) elements where length(e) < 1000 and e ~ '^-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]{1,3})?$'`,
  },
  cell_number: {
    gives: 'numeric',
    comment: 'The number in a cell.',
    body: '(@.cell_numbers($1))[1]',
  },
  cell_times: {
    gives: 'timestamptz[]',
    comment: 'The times in a cell, which Lark gives in ms since 1970.',
    body: `array_agg(to_timestamp((ms / 1000)::double precision)) from unnest(@.cell_numbers($1)) ms where ms between -62135596800000 and 253402300799999`,
  },
  cell_time: {
    gives: 'timestamptz',
    comment: 'The time in a cell, which Lark gives in ms since 1970.',
    body: '(@.cell_times($1))[1]',
  },
  cell_flag: {
    gives: 'boolean',
    comment: 'Whether a box is ticked; one that was never touched is not.',
    body: `coalesce(@.cell_value($1) = 'true' or @.cell_value($1) @> '[true]', false)`,
  },
  text_time: {
    gives: 'timestamptz',
    comment: 'The time that a text of approvals tells, by RFC 3339.',
    body: `(jsonb_path_query_first_tz(
    to_jsonb(regexp_replace(regexp_replace($1 #>> '{}', '[.][0-9]+', ''), 'Z$', '+00:00')), '$.datetime()', '{}', true
  ) #>> '{}')::timestamptz`,
  },
};

/** A function, and what makes it, or makes it anew in place. */
export interface FunctionText {
  readonly name: string;
  /** As `pg_proc.prosrc` keeps it. */
  readonly body: string;
  readonly statement: string;
}

export function createFunctions(schema: string): readonly FunctionText[] {
  return Object.entries(functions).map(([name, { gives, comment, body: selected }]) => {
    const signature = `${qualified(schema, name)}(jsonb)`;
    const body = `select ${selected.replaceAll('@.', () => `${ident(schema)}.`)}`;
    return {
      name,
      body,
      statement: `create or replace function ${signature} returns ${gives} language sql immutable parallel safe as ${literal(body)};
comment on function ${signature} is ${literal(comment)}`,
    };
  });
}

/** A call of the function on an SQL expression. */
export function read(schema: string, name: FunctionName, expression: string): string {
  return `${qualified(schema, name)}(${expression})`;
}
