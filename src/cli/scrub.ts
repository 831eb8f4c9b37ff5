// Takes secrets out of texts at the last moment, whoever put them there.

const mark = '[secret]';

/** Shorter ones would take harmless words with them, and protect nothing anyway. */
const shortest = 4;

/** Access tokens of Lark (`t-..`, `u-..`, `a-..`, JWT) and whatever follows `Bearer`. */
const tokens =
  /\bBearer\s+[\w.~+/=-]+|(?<![\w-])[tua]-[\w.-]{12,}|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/gi;

export class Scrubber {
  readonly #known = new Set<string>();
  #pattern: RegExp | undefined;

  /** From now on these values are secrets, as they are and as JSON and URLs write them. */
  register(secrets: readonly string[]): void {
    for (const secret of secrets) {
      if (secret.length < shortest) continue;
      for (const form of formsOf(secret)) this.#known.add(form);
    }
    if (this.#known.size === 0) return;
    // The longest first: one secret may be a part of another.
    const forms = [...this.#known].sort((one, other) => other.length - one.length);
    this.#pattern = new RegExp(forms.map(literally).join('|'), 'g');
  }

  /** The text without registered secrets and without anything that looks like a token. */
  scrub(text: string): string {
    const cleared = this.#pattern === undefined ? text : text.replace(this.#pattern, mark);
    return cleared.replace(tokens, mark);
  }
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function formsOf(secret: string): readonly string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
}
