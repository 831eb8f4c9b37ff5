// The kinds of fields that a configuration is made of, with what they accept and how they complain.

import { z } from 'zod';

/** Lets a check that relates fields run although one of them has a problem: all are told at once. */
export const evenWithProblems: { when: (payload: { readonly value: unknown }) => boolean } = {
  when: ({ value }) => typeof value === 'object' && value !== null,
};

/** Files a problem at `path`, unless that place has one already. */
export function report(context: z.core.$RefinementCtx, path: PropertyKey[], message: string): void {
  const place = path.join();
  if (context.issues.some((issue) => issue.path?.join() === place && place !== '')) return;
  context.addIssue({ code: 'custom', path, message });
}

/** A mapping without other keys; the message for unknown keys is the list of the accepted ones. */
export function mapping<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const accepted = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? accepted : `must be a mapping with keys of ${accepted}`,
  });
}

/** A text of at least one character, without blanks around it (a pasted or piped line end). */
export function text(description: string): z.ZodString {
  return z
    .string()
    .min(1, { error: 'must not be empty' })
    .refine((value) => value === value.trim(), { error: 'begins or ends with a blank' })
    .describe(description);
}

/** A text that must never be seen. `writeOnly` tells editors, and a test of `places.ts`, that it is one. */
export function secretText(description: string): z.ZodString {
  return text(description).meta({ description, writeOnly: true });
}

/** A text in one form; `form` completes the sentence "must be ..". */
export function textLike(pattern: RegExp, form: string, description: string): z.ZodString {
  return z
    .string()
    .regex(pattern, { error: `must be ${form}` })
    .describe(description);
}

/** A whole number, also as digits in a text, which is what the environment gives. */
export function whole(least: number, most: number, description: string): z.ZodType<number> {
  const error = `must be a whole number from ${least} to ${most}`;
  const digits = (given: unknown): unknown =>
    typeof given === 'string' && /^[+-]?\d+$/.test(given.trim()) ? Number(given) : given;
  return z
    .preprocess(digits, z.int({ error }).min(least, { error }).max(most, { error }))
    .describe(description);
}

/** True or false, also as a text, which is what the environment gives. */
export function flag(description: string): z.ZodType<boolean> {
  const words: ReadonlyMap<unknown, boolean> = new Map([
    ['true', true],
    ['false', false],
  ]);
  return z
    .preprocess((given) => words.get(given) ?? given, z.boolean({ error: 'must be true or false' }))
    .describe(description);
}

/** A calendar date, yyyy-mm-dd. */
export function date(description: string): z.ZodISODate {
  return z.iso.date({ error: 'must be a date that exists, as yyyy-mm-dd' }).describe(description);
}

/** A list of ids, each once. */
export function ids(description: string): z.ZodArray<z.ZodString> {
  return z
    .array(text('An id, in quotes when it is all digits.'))
    .superRefine((list, context) => {
      if (!Array.isArray(list)) return;
      for (const [position, id] of list.entries()) {
        if (list.indexOf(id) === position) continue;
        report(context, [position], `is the same as [${list.indexOf(id)}]`);
      }
    }, evenWithProblems)
    .describe(description);
}
