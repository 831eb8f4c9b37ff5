// Times as both sides of the comparison write them: epoch ms, or nothing.

/** Lark's epoch ms as text; '0' is no time. */
export function moment(text: string): number | undefined {
  return text === '0' ? undefined : Number(text);
}
