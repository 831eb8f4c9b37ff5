// YAML text to plain values. Every complaint is worded here, since the parser's own messages quote
// the text around the fault, and that may be a secret.

import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import type { Problem } from '../errors.ts';
import { formatPath, type Path } from './path.ts';

export interface Parsed {
  /** The mapping the file holds; undefined when the problems say why there is none. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** Parses one YAML 1.2 document; `file` is what problems of the whole file are filed under. */
export function parseYaml(text: string, file: string): Parsed {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    schema: 'core',
    stringKeys: true,
    uniqueKeys: false,
  });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    const problems = syntaxProblems(faults, text, file, lineCounter);
    return { value: undefined, problems };
  }
  const root = document.contents;
  if (!isMap(root)) {
    const message =
      root === null || (isScalar(root) && root.value === null)
        ? 'the file is empty'
        : 'the file is not a mapping';
    const suggestion = 'it must hold the key sources: see config/example.yaml';
    return { value: undefined, problems: [{ path: file, message, suggestion }] };
  }
  const problems = keyProblems(root, [], lineCounter);
  try {
    return { value: document.toJS(), problems };
  } catch {
    const message = 'an alias (*name) repeats too much or names no anchor';
    return { value: undefined, problems: [...problems, { path: file, message }] };
  }
}

/** One problem a line: what follows on the same line is mostly a consequence. */
function syntaxProblems(
  faults: readonly YAMLError[],
  text: string,
  file: string,
  lines: LineCounter,
): Problem[] {
  const byLine = new Map<number, Problem>();
  for (const { code, pos } of faults) {
    const { line, col } = lines.linePos(pos[0]);
    if (byLine.has(line)) continue;
    const path = `${file}:${line}:${col}`;
    const message = `is not valid YAML: ${faultNames[code] ?? 'the text is malformed here'}`;
    const isFlow = /[[{].*\$\{/.test(text.split('\n')[line - 1] ?? '');
    byLine.set(line, { path, message, ...(isFlow ? { suggestion: quoteReferences } : {}) });
  }
  return [...byLine.values()];
}

const quoteReferences = `inside [ ] and { } a reference needs quotes: "\${NAME}"`;

const faultNames: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'an alias (*name) names no anchor; a text that begins with * or & needs quotes',
  BAD_DQ_ESCAPE: 'an unknown escape in a double-quoted text; single quotes keep a backslash',
  BAD_INDENT: 'the indentation is off, or a bracket or quote above is not closed',
  BAD_SCALAR_START: 'a text that begins with this character needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a key within a value; a text that holds ": " needs quotes',
  MISSING_CHAR: 'a closing quote, bracket or comma, or the blank after a colon, is missing',
  MULTILINE_IMPLICIT_KEY: 'a key goes over two lines; is a colon missing?',
  MULTIPLE_DOCS: 'one file holds one document; remove the --- line',
  NON_STRING_KEY: 'a key must be a plain text',
  TAB_AS_INDENT: 'a tab indents; use blanks',
  TAG_RESOLVE_FAILED: 'unknown tag; a text that begins with ! needs quotes',
  UNEXPECTED_TOKEN: 'something is left over here; is the text in quotes closed where it should be?',
};

/** Keys given twice (YAML would keep the last one) and the one name that no JavaScript object holds. */
function keyProblems(node: unknown, path: Path, lines: LineCounter): Problem[] {
  if (isSeq(node)) {
    return node.items.flatMap((item, position) => keyProblems(item, [...path, position], lines));
  }
  return isMap(node) ? mapProblems(node, path, lines) : [];
}

function mapProblems(map: YAMLMap, path: Path, lines: LineCounter): Problem[] {
  const seen = new Map<string, number>();
  return map.items.flatMap(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : '';
    const here = [...path, name];
    const line = lines.linePos(isScalar(key) ? (key.range?.[0] ?? 0) : 0).line;
    const first = seen.get(name);
    seen.set(name, first ?? line);
    const problems = keyProblems(value, here, lines);
    if (first !== undefined) {
      const message = `is given twice, in lines ${first} and ${line}`;
      problems.unshift({ path: formatPath(here), message, suggestion: 'keep one of them' });
    }
    if (name === '__proto__') {
      problems.unshift({ path: formatPath(here), message: 'is not a usable key' });
    }
    return problems;
  });
}
