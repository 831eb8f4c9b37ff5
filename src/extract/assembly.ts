// Builds the envelope of a large answer from the tokens of its JSON, giving the items of its list
// away while they come, so that the list is never held whole.

import type { Token } from 'stream-json/parser.js';
import { type Json, numberOf } from '../json.ts';

type Container = Json[] | Record<string, Json>;

export class Assembly {
  readonly #listName: string;
  readonly #partSize: number;
  readonly #stack: Container[] = [];
  /** The key under which the next value goes, one for each container of the stack. */
  readonly #keys: string[] = [];
  #list: Json[] | undefined;
  #root: Json | undefined;

  /** `data.<listName>` is given away in parts of `partSize`. */
  constructor(listName: string, partSize: number) {
    this.#listName = listName;
    this.#partSize = partSize;
  }

  /** The envelope with what is left of the list; undefined until it is complete. */
  get root(): Json | undefined {
    return this.#root;
  }

  /** Takes tokens; returns the parts of the list that are full. Throws SyntaxError. */
  take(tokens: readonly Token[]): Json[][] {
    const parts: Json[][] = [];
    for (const token of tokens) {
      const part = this.#takeOne(token);
      if (part !== undefined) parts.push(part);
    }
    return parts;
  }

  #takeOne(token: Token): Json[] | undefined {
    switch (token.name) {
      case 'startObject':
        this.#open({});
        return undefined;
      case 'startArray':
        this.#open(this.#atList() ? this.#startList() : []);
        return undefined;
      case 'endObject':
      case 'endArray':
        return this.#close();
      case 'keyValue':
        this.#keys[this.#keys.length - 1] = this.#newKey(token.value);
        return undefined;
      case 'numberValue':
        return this.#place(numberOf(token.value));
      case 'stringValue':
        return this.#place(ownText(token.value));
      case 'nullValue':
      case 'trueValue':
      case 'falseValue':
        return this.#place(token.value);
      default:
        throw new SyntaxError(`unexpected ${token.name}`);
    }
  }

  #open(container: Container): void {
    this.#stack.push(container);
    this.#keys.push('');
  }

  #close(): Json[] | undefined {
    const closed = this.#stack.pop();
    this.#keys.pop();
    return closed === undefined ? undefined : this.#place(closed);
  }

  #place(value: Json): Json[] | undefined {
    const parent = this.#stack.at(-1);
    if (parent === undefined) {
      this.#root = value;
    } else if (!Array.isArray(parent)) {
      // Like JSON.parse: `__proto__` is a key like any other.
      const own = { value, writable: true, enumerable: true, configurable: true };
      Object.defineProperty(parent, this.#keys.at(-1) ?? '', own);
    } else {
      parent.push(value);
      if (parent === this.#list && parent.length >= this.#partSize) return parent.splice(0);
    }
    return undefined;
  }

  /** A second `data` would take back what has been given. */
  #newKey(key: string): string {
    if (this.#list !== undefined && this.#stack.length === 1 && key === 'data') {
      throw new SyntaxError('data comes twice');
    }
    return key;
  }

  /** What follows is `data.<listName>` of an answer that is no refusal, as far as is known yet. */
  #atList(): boolean {
    const [root] = this.#stack;
    if (this.#stack.length !== 2 || root === undefined || Array.isArray(root)) return false;
    const [inRoot, inData] = this.#keys;
    return inRoot === 'data' && inData === this.#listName && (root['code'] ?? 0) === 0;
  }

  #startList(): Json[] {
    if (this.#list !== undefined) throw new SyntaxError('the list comes twice');
    this.#list = [];
    return this.#list;
  }
}

/** Longer strings may be parts of others. */
const longestOwn = 12;

/** The same text, which does not hold the piece of the answer that it was cut out of. */
function ownText(value: string): string {
  const mayBePart = value.length > longestOwn && value.isWellFormed();
  return mayBePart ? Buffer.from(value).toString() : value;
}
