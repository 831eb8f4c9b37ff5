// Cuts the bytes of the Postgres protocol into messages and says of each what it is.

export interface Message {
  readonly from: 'client' | 'server';
  /** By its name in the protocol: Query, Parse, CopyData, CommandComplete, ...; else its letter. */
  readonly kind: string;
  /** SQL of Query and Parse, tag of CommandComplete, SQLSTATE of ErrorResponse; else empty. */
  readonly text: string;
  /** The connection, from 1. */
  readonly connection: number;
  /** SQL that the connection has sent since its transaction began, the last one being under way. */
  readonly transaction: readonly string[];
  /** Its place among the messages of this kind since the last SQL was sent, from 1. */
  readonly nth: number;
}

/** A message without its place in a conversation. */
export interface Cut {
  readonly kind: string;
  readonly text: string;
  readonly bytes: Buffer;
}

const clientKinds: Readonly<Record<string, string>> = {
  B: 'Bind',
  C: 'Close',
  D: 'Describe',
  E: 'Execute',
  H: 'Flush',
  P: 'Parse',
  Q: 'Query',
  S: 'Sync',
  X: 'Terminate',
  c: 'CopyDone',
  d: 'CopyData',
  f: 'CopyFail',
  p: 'Password',
};

const serverKinds: Readonly<Record<string, string>> = {
  '1': 'ParseComplete',
  '2': 'BindComplete',
  C: 'CommandComplete',
  D: 'DataRow',
  E: 'ErrorResponse',
  G: 'CopyInResponse',
  I: 'EmptyQueryResponse',
  K: 'BackendKeyData',
  N: 'NoticeResponse',
  R: 'Authentication',
  S: 'ParameterStatus',
  T: 'RowDescription',
  Z: 'ReadyForQuery',
  n: 'NoData',
};

/** One direction of a connection. Bytes go in as they come, whole messages come out. */
export class Cutter {
  readonly #from: Message['from'];
  #rest: Buffer = Buffer.alloc(0);
  #begun: boolean;

  constructor(from: Message['from']) {
    this.#from = from;
    // The client's first message has no letter.
    this.#begun = from === 'server';
  }

  *cut(bytes: Buffer): Generator<Cut> {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const head = this.#begun ? 1 : 0;
      if (this.#rest.length < head + 4) return;
      const size = head + this.#rest.readUInt32BE(head);
      if (this.#rest.length < size) return;
      const message = this.#rest.subarray(0, size);
      this.#rest = this.#rest.subarray(size);
      yield this.#named(message, head);
      this.#begun = true;
    }
  }

  #named(bytes: Buffer, head: number): Cut {
    if (head === 0) return { kind: 'Startup', text: '', bytes };
    const letter = String.fromCharCode(bytes[0] ?? 0);
    const kinds = this.#from === 'client' ? clientKinds : serverKinds;
    const kind = kinds[letter] ?? letter;
    return { kind, text: textOf(kind, bytes.subarray(5)), bytes };
  }
}

function textOf(kind: string, body: Buffer): string {
  if (kind === 'Query' || kind === 'CommandComplete') return upToNul(body, 0);
  if (kind === 'Parse') return upToNul(body, body.indexOf(0) + 1);
  if (kind !== 'ErrorResponse') return '';
  const at = body.indexOf('\0C');
  return at < 0 ? '' : upToNul(body, at + 2);
}

function upToNul(body: Buffer, from: number): string {
  const end = body.indexOf(0, from);
  return body.toString('utf8', from, end < 0 ? body.length : end);
}
