// Writes config/schema.json; run it after a change of the schema (a test fails while it is stale).

import { writeFile } from 'node:fs/promises';
import { jsonSchema } from './json-schema.ts';

const file = new URL('../../config/schema.json', import.meta.url);

/** As the formatter has it: a list of words stays on one line where it fits. */
function formatted(schema: unknown): string {
  const lists = /^(.*)\[\s+((?:"[^"\n]*"(?:,\s+)?)+)\s+\](,?)$/gm;
  const text = JSON.stringify(schema, undefined, 2);
  const packed = text.replace(lists, (whole, before: string, words: string, after: string) => {
    const line = `${before}[${words.replace(/,\s+/g, ', ')}]${after}`;
    return line.length <= 100 ? line : whole;
  });
  return `${packed}\n`;
}

await writeFile(file, formatted(jsonSchema()));
