/** JSON as the simulated tenant handles it: values whose numbers may carry more digits than a double. */

declare global {
  interface JSON {
    rawJSON(text: string): { readonly rawJSON: string };
  }
}

/** A JSON object read from a request; its values are unchecked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A number written with exactly these digits, whatever a double could hold. */
export function digits(text: string): { readonly rawJSON: string } {
  return JSON.rawJSON(text);
}

/** Whether `value` is a JSON object (not null, not an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether `value` is an array of strings. */
export function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
