// HTML by a template tag that escapes whatever is put in: only what the tag itself has made goes in as it is.

/** A piece of HTML. Only `html` and `trusted` make one. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template: null stands for nothing. */
export type Part = string | number | null | Html | readonly Part[];

/** Everything that is put in is escaped, also for attributes in double quotes, save pieces of HTML. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const pieces = texts.map((text, index) => text + textOf(parts[index] ?? null));
  return new Html(pieces.join(''));
}

/** A text of our own making, such as a style sheet or a drawing. Never one of a tenant's. */
export function trusted(text: string): Html {
  return new Html(text);
}

function textOf(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.toString();
  if (typeof part === 'string') return escaped(part);
  return typeof part === 'number' ? String(part) : part.map(textOf).join('');
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters are no characters of HTML, and those that turn text around would mislead. */
const unprintable = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069]/gu;

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(unprintable, '\ufffd')
    .replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}
