// A terminal's screen as far as larkhouse uses one: text, line feeds, the cursor, erasing, colours.

import stringWidth from 'string-width';

export interface Cell {
  readonly text: string;
  /** What SGR has switched on, as it was written: `32`; empty: nothing. */
  readonly style: string;
}

/** An escape sequence: whether it is private, its numbers, its letter. */
const sequences = new RegExp(`${'\u001b'}\\[(\\??)([\\d;]*)([A-Za-z])`, 'y');

const blank: Cell = { text: ' ', style: '' };

export class Screen {
  readonly #columns: number;
  /** All lines since the beginning: nothing scrolls away. */
  readonly #lines: Cell[][] = [[]];
  #row = 0;
  #column = 0;
  #style = '';

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Whole escape sequences and characters only. Throws for a sequence that it does not know. */
  write(output: string): void {
    for (let at = 0; at < output.length; ) {
      sequences.lastIndex = at;
      const [whole = '', isPrivate, numbers = '', letter = ''] = sequences.exec(output) ?? [];
      if (whole === '') at += this.#put(String.fromCodePoint(output.codePointAt(at) ?? 0));
      else if (isPrivate === '') this.#steer(letter, numbers);
      at += whole.length;
    }
  }

  lines(): readonly (readonly Cell[])[] {
    return this.#lines;
  }

  #put(character: string): number {
    if (character === '\r') this.#column = 0;
    else if (character === '\n') this.#down(1);
    else {
      if (this.#column >= this.#columns) {
        this.#column = 0;
        this.#down(1);
      }
      this.#line()[this.#column] = { text: character, style: this.#style };
      this.#column += stringWidth(character);
    }
    return character.length;
  }

  #steer(letter: string, numbers: string): void {
    const count = numbers === '' ? 1 : Number(numbers);
    if (letter === 'm') this.#style = closing.has(numbers) ? '' : numbers;
    else if (letter === 'A') this.#row = Math.max(0, this.#row - count);
    else if (letter === 'B') this.#down(count);
    else if (letter === 'G') this.#column = count - 1;
    else if (letter === 'K') this.#line().splice(numbers === '2' ? 0 : this.#column);
    else if (letter === 'J') this.#lines.splice(this.#row + 1);
    else throw new Error(`the screen does not know ${letter}`);
  }

  #down(count: number): void {
    this.#row += count;
    while (this.#lines.length <= this.#row) this.#lines.push([]);
  }

  #line(): Cell[] {
    const line = this.#lines[this.#row] ?? [];
    while (line.length < this.#column) line.push(blank);
    return line;
  }
}

/** What ends a style: everything, bold and dim, a colour. */
const closing: ReadonlySet<string> = new Set(['', '0', '22', '39']);
