// The JSON Schema of the configuration file, by which editors complete and check it.

import { z } from 'zod';
import { configSchema } from './schema.ts';

/** JSON Schema, draft 2020-12, of the file as it is written: references stand where values may. */
export function jsonSchema(): unknown {
  const schema = z.toJSONSchema(configSchema, {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ zodSchema, jsonSchema: node }) => {
      const { def } = zodSchema._zod;
      if (def.type === 'default') node.default = def.defaultValue;
      if (node.format === 'date') delete node.pattern;
      // A secret may be written as a reference of any kind and length.
      if (node.writeOnly === true) delete node.minLength;
    },
  });
  const { $schema, description, ...rest } = schema;
  return {
    $schema,
    title: 'larkhouse configuration',
    description,
    ...Object.fromEntries(Object.entries(rest).map(([name, part]) => [name, admit(part)])),
    $defs: { reference },
  };
}

const reference = {
  type: 'string',
  pattern: '\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}',
  description: `Read from the environment: \${NAME}, or \${NAME:-default}.`,
};

/** Admits a reference wherever the schema is stricter than any text. */
function admit(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(admit);
  if (typeof node !== 'object' || node === null) return node;
  if (isStrictScalar(node)) return orReference(node);
  const parts = Object.entries(node).map(([name, part]) => [
    name,
    name === 'propertyNames' || name === 'default' ? part : admit(part),
  ]);
  return Object.fromEntries(parts);
}

function isStrictScalar(node: object): boolean {
  const type = 'type' in node ? node.type : undefined;
  if (type === 'integer' || type === 'boolean') return true;
  return type === 'string' && ('pattern' in node || 'enum' in node || 'format' in node);
}

function orReference(node: object): object {
  const about = Object.entries(node).filter(([name]) => isAnnotation(name));
  const form = Object.entries(node).filter(([name]) => !isAnnotation(name));
  const anyOf = [Object.fromEntries(form), { $ref: '#/$defs/reference' }];
  return { ...Object.fromEntries(about), anyOf };
}

function isAnnotation(name: string): boolean {
  return name === 'description' || name === 'default';
}
