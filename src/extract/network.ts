// Failures of the network as our errors. A passing one is repeated; a certificate is never argued with.

import { LarkhouseError, SourceError, TransientError } from '../errors.ts';

const certificate =
  /^(?:CERT_|CRL_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_CERT_)/;

const passing: readonly (readonly [RegExp, string])[] = [
  [/^(?:ENOTFOUND|EAI_)/, 'the host name cannot be resolved'],
  [/^(?:UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'the connection could not be made in time'],
  [/^ECONNREFUSED$/, 'the connection is refused'],
  [/^UND_ERR_HEADERS_TIMEOUT$/, 'no answer came in time'],
  [/^UND_ERR_BODY_TIMEOUT$/, 'the body of the answer stalled'],
  [/^UND_ERR_RES_CONTENT_LENGTH_MISMATCH$/, 'the body of the answer has not the length it states'],
  [/^Z_/, 'the body of the answer is no valid gzip, or breaks off'],
  [/^(?:HPE_|HTTPParserError|UND_ERR_HEADERS_OVERFLOW)/, 'the answer is no valid HTTP'],
];

/** The error that stands for a failure of undici, the socket, TLS or gzip. */
export function networkError(error: unknown, host: string): LarkhouseError {
  if (error instanceof LarkhouseError) return error;
  const code = codeOf(error);
  if (certificate.test(code)) {
    return new SourceError(`the TLS certificate of ${host} is not accepted (${code})`, {
      hint: "check base_url and the machine's clock; if a proxy of your own signs certificates, give its authority to Node with NODE_EXTRA_CA_CERTS",
      cause: error,
    });
  }
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER') {
    return new SourceError(`${host} does not speak TLS`, { hint: 'check base_url', cause: error });
  }
  const what = passing.find(([codes]) => codes.test(code))?.[1] ?? 'the connection broke';
  const suffix = code === '' ? '' : ` (${code})`;
  return new TransientError(`${host}: ${what}${suffix}`, { cause: error });
}

/** Its code or, where several addresses were tried, that of the first that failed, or its name. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : error.name;
}
