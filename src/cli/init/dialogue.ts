// Questions at a terminal. What a tenant tells is shown without what steers terminals.

import type { Readable, Writable } from 'node:stream';
import {
  type CANCEL_SYMBOL,
  confirm,
  isCancel,
  multiselect,
  password,
  select,
  text,
} from '@clack/prompts';
import { InterruptedError } from '../../errors.ts';
import { clip, onOneLine } from '../words.ts';

export interface Choice<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string | undefined;
}

export interface TextQuestion {
  readonly message: string;
  /** What stands there already, to be changed. */
  readonly initial?: string | undefined;
  /** What an empty answer stands for. */
  readonly usual?: string | undefined;
  /** What is wrong with an answer; undefined: nothing. */
  readonly fault?: (answer: string) => string | undefined;
}

/** Each throws InterruptedError when the person leaves. Texts come without blanks around them. */
export interface Dialogue {
  text(question: TextQuestion): Promise<string>;
  /** A text that is never shown. */
  hidden(question: Pick<TextQuestion, 'message' | 'fault'>): Promise<string>;
  choose<Value extends string>(
    message: string,
    choices: readonly Choice<Value>[],
    initial?: Value,
  ): Promise<Value>;
  /** Any number of them, none too. */
  chooseSome<Value extends string>(
    message: string,
    choices: readonly Choice<Value>[],
    initial: readonly Value[],
  ): Promise<readonly Value[]>;
  agree(message: string): Promise<boolean>;
}

interface Common {
  readonly input: Readable;
  readonly output: Writable;
  readonly signal: AbortSignal;
  readonly withGuide: boolean;
}

/** The signal ends a question that is open. */
export function openDialogue(input: Readable, output: Writable, signal: AbortSignal): Dialogue {
  const gone = new AbortController();
  // Nobody will answer any more; without this the process would end in the middle of a question.
  input.once('end', () => gone.abort());
  const end = AbortSignal.any([signal, gone.signal]);

  const ask = async <T>(
    question: (common: Common) => Promise<T | typeof CANCEL_SYMBOL>,
  ): Promise<T> => {
    // A signal of its own: the package goes on listening to one after the answer.
    const own = new AbortController();
    const leave = (): void => own.abort();
    if (end.aborted) leave();
    end.addEventListener('abort', leave);
    const answer = await question({ input, output, signal: own.signal, withGuide: false });
    end.removeEventListener('abort', leave);
    signal.throwIfAborted();
    if (!isCancel(answer)) return answer;
    throw new InterruptedError('init was stopped; nothing was written');
  };

  return {
    async text({ message, initial = '', usual = '', fault }) {
      const rest = { message, initialValue: onOneLine(initial), placeholder: usual };
      const validate = (answer?: string): string | undefined => fault?.(trimmed(answer) || usual);
      return trimmed(await ask((common) => text({ ...common, ...rest, validate }))) || usual;
    },
    async hidden({ message, fault }) {
      const validate = (answer?: string): string | undefined => fault?.(trimmed(answer));
      return trimmed(await ask((common) => password({ ...common, message, validate })));
    },
    async choose(message, choices, initial) {
      const options = choices.map(shown);
      const start = initial === undefined ? {} : { initialValue: String(initial) };
      const answer = await ask((common) =>
        select<string>({ ...common, message, options, ...start }),
      );
      const [choice] = choices.filter(({ value }) => value === answer);
      if (choice === undefined) throw new InterruptedError('nothing was chosen');
      return choice.value;
    },
    async chooseSome(message, choices, initial) {
      const options = choices.map(shown);
      const rest = { message, options, initialValues: initial.map(String), required: false };
      const answers = await ask((common) => multiselect<string>({ ...common, ...rest }));
      return choices.map(({ value }) => value).filter((value) => answers.includes(value));
    },
    agree: (message) => ask((common) => confirm({ ...common, message, initialValue: false })),
  };
}

/** An empty answer is undefined, whatever its type says. */
function trimmed(answer: string | undefined): string {
  return (answer ?? '').trim();
}

function shown({ value, label, hint }: Choice): { value: string; label: string; hint?: string } {
  const told = clip(onOneLine(label), 60);
  return hint === undefined
    ? { value, label: told }
    : { value, label: told, hint: clip(onOneLine(hint), 50) };
}
