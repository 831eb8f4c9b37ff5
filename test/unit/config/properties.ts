// The options that the JSON Schema names, as paths: sources.*.modules.base[].table_id.

import { jsonSchema } from '../../../src/config/json-schema.ts';

export interface Property {
  readonly path: string;
  readonly node: Readonly<Record<string, unknown>>;
}

/** Every option once for each form that has it. */
export function properties(node: unknown = jsonSchema(), path = ''): Property[] {
  const { properties: named, additionalProperties: any, items, anyOf, oneOf } = record(node);
  const forms = [anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  return [
    ...Object.entries(record(named)).flatMap(([name, member]) => {
      const here = path === '' ? name : `${path}.${name}`;
      return [{ path: here, node: record(member) }, ...properties(member, here)];
    }),
    ...(any === undefined ? [] : properties(any, `${path}.*`)),
    ...(items === undefined ? [] : properties(items, `${path}[]`)),
    ...forms.flatMap((form) => properties(form, path)),
  ];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
