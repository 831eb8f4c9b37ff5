// What Lark says, made fit for a message: short, on one line, without anything secret.

const longest = 200;
const tokens =
  /\b(?:bearer\s+\S+|eyJ[\w-]{8,}(?:\.[\w-]+)*|[tuar]-(?=[\w.-]*\d)[\w.-]{12,}|(?:app_secret|app_ticket|(?:tenant|app|user)_access_token)"?\s*[:=]\s*"?[^\s",}]+)/gi;

/** The text without control characters, tokens and the given secrets, at most 200 characters long. */
export function wash(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret !== '') clean = clean.replaceAll(secret, '[removed]');
  }
  clean = clean
    .replaceAll(tokens, '[removed]')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  const characters = [...clean];
  return characters.length <= longest ? clean : `${characters.slice(0, longest - 1).join('')}…`;
}
