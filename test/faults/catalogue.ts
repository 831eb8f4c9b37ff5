// The faults that larkhouse has to survive: what happens, and what it does. The tests whose names begin
// with `fault N: ` prove it; write-catalogue.ts makes docs/faults.md of both.

export interface Fault {
  readonly number: number;
  readonly what: string;
  /** What larkhouse does, in the present tense. */
  readonly larkhouse: string;
}

export const catalogue: readonly Fault[] = [
  {
    number: 1,
    what: 'The process is killed (`kill -9`), at any moment',
    larkhouse:
      'Rows, rejections, bookkeeping and cursor of a batch are one transaction: at most the batch under way is lost, and the next run reads it again. The killed run is called `abandoned` in `sync_runs`. Migrations and the creation of the embedded Postgres are whole or not there.',
  },
  {
    number: 2,
    what: 'SIGTERM or SIGINT',
    larkhouse:
      'No further request is made, what was read is committed or taken back, and the run ends with exit code 130 and status `interrupted`, its cursors at the last commit. A second signal ends it at once.',
  },
  {
    number: 3,
    what: 'Postgres is restarted or crashes during a COPY, a merge or a COMMIT',
    larkhouse:
      'The transaction is repeated on a new connection, with growing pauses of half a minute in all. Whether a COMMIT without an answer took place is asked of Postgres before anything is written again.',
  },
  {
    number: 4,
    what: 'A connection to Postgres is reset, ended or goes silent',
    larkhouse:
      'The same as after a restart. The system probes silent connections after 10 s and gives them up after 10 more; locks of a run that is gone are freed within a minute.',
  },
  {
    number: 5,
    what: 'A connection to Lark is reset in the middle of an answer',
    larkhouse:
      'The call is made again. An answer that breaks off is never taken for a complete one, and no row of it counts.',
  },
  {
    number: 6,
    what: 'Lark throttles: HTTP 429, or HTTP 400 with code 99991400',
    larkhouse:
      'The whole endpoint rests for as long as the header says; then one request goes first. It does not count as a failed attempt.',
  },
  {
    number: 7,
    what: 'Lark throttles without end, or says no, zero or an absurd time',
    larkhouse:
      'A rest has at least 1 s and at most 60 s, growing while it goes on. After 10 minutes without one success the stream ends as incomplete, its cursor where it was.',
  },
  {
    number: 8,
    what: 'Lark answers 5xx, or a gateway does in its place',
    larkhouse:
      'The call is made again after random, growing pauses, up to 8 times, and over all calls no more than a tenth as often again. Then the stream fails, not the run.',
  },
  {
    number: 9,
    what: 'An answer stalls or trickles',
    larkhouse:
      'Connecting, the first byte, the pause between two pieces and the whole answer each have a limit of time. What exceeds it is given up and asked for again.',
  },
  {
    number: 10,
    what: 'HTTP 200 with broken JSON, a wrong length or bad compression',
    larkhouse: 'The call is made again, then the stream fails. No row of such an answer is loaded.',
  },
  {
    number: 11,
    what: 'HTTP 200 with an HTML page, a captive portal or nothing',
    larkhouse:
      "An answer counts only when it is an envelope of Lark's with a numeric `code`. It is never taken for an empty list.",
  },
  {
    number: 12,
    what: 'HTTP 200 with an error code of Lark',
    larkhouse:
      'A table says of each code what it means: repeat, wait, renew the token, or stop the partition, the stream or the source. An unknown code stops its partition, with code and log id in the message.',
  },
  {
    number: 13,
    what: 'The access token ends early',
    larkhouse:
      'It is renewed once for all who need it, and the call is made again. A refusal after that ends the source. Its age is measured by a monotonic clock.',
  },
  {
    number: 14,
    what: 'A permission is taken away during a run',
    larkhouse:
      'The stream is incomplete and names the missing scope, its cursor stays, nothing is marked deleted, and the other streams go on. Exit code 1.',
  },
  {
    number: 15,
    what: 'A record comes twice, or pages shift while they are read',
    larkhouse:
      'Within a batch the last one counts. What a listing did not give is asked for by its id before it is marked deleted.',
  },
  {
    number: 16,
    what: 'A page token expires',
    larkhouse:
      'The listing begins anew, up to three times. Rows that were written already are found unchanged.',
  },
  {
    number: 17,
    what: 'Page tokens go round in circles or are missing, or pages are empty with more to come',
    larkhouse:
      'Every token of a listing is remembered. A listing that does not get on fails; it neither goes on for ever nor counts as complete.',
  },
  {
    number: 18,
    what: 'Two runs of a source at once',
    larkhouse:
      'The second finds the lock, says so and exits with 0 as `skipped`; it leaves no trace. Only one of several creates the tables.',
  },
  {
    number: 19,
    what: 'A run that was frozen wakes after another took its source over',
    larkhouse:
      'Each commit checks in the same transaction that no newer run has taken the partition. The old run writes nothing and ends with exit code 1.',
  },
  {
    number: 20,
    what: 'A clock is wrong or jumps',
    larkhouse:
      "Bounds come from the Date header of Lark's answers, durations from a monotonic clock; this machine's clock decides nothing. What a clock that ran ahead has skipped is read again.",
  },
  {
    number: 21,
    what: 'The disk of Postgres is full',
    larkhouse:
      'The batch is taken back and not tried again; the error says what to do. With room again the next run goes on from the last commit.',
  },
  {
    number: 22,
    what: 'The schema changes: fields new, renamed, retyped or gone, a table gone, a value of another type',
    larkhouse:
      'Fields are data, not columns: nothing is altered. A value that its column cannot hold is null there, kept in the raw payload, and told as a warning. A table that is gone is marked deleted with all it held.',
  },
  {
    number: 23,
    what: 'Texts that Postgres cannot hold, hostile names',
    larkhouse:
      'U+0000 and lone surrogates become U+FFFD and are counted. Names are data: they reach no statement unquoted, and no terminal unescaped.',
  },
  {
    number: 24,
    what: 'Dates that are none, or odd',
    larkhouse:
      'Outside of the years 1 to 9999 the column is null, the raw payload keeps what came, and a warning counts it.',
  },
  {
    number: 25,
    what: '64-bit ids, numbers with many digits',
    larkhouse: 'Ids are text from end to end. Numbers keep every digit, in columns and in JSON.',
  },
  {
    number: 26,
    what: 'Huge records, fields and answers',
    larkhouse:
      'Answers above 4 MiB are parsed while they come and written in batches of about 8 MiB. One above 256 MiB fails its stream with a clear error.',
  },
  {
    number: 27,
    what: 'A record that Postgres refuses',
    larkhouse:
      'Its batch is halved until it is alone; it is kept in `rejected_records` with the reason, and all others are loaded. The run is incomplete. Too many of them stop the stream.',
  },
  {
    number: 28,
    what: 'Somebody holds locks in the warehouse: waits, deadlocks, serialization failures',
    larkhouse:
      'The transaction waits up to a minute and is repeated up to five times; then its stream alone stops and says who to look for. A load never blocks those who read.',
  },
  {
    number: 29,
    what: "Lark's name does not resolve, or its certificate does not hold",
    larkhouse:
      'A name that does not resolve is tried again. A certificate that does not hold ends the run; nothing is ever sent without a verified one.',
  },
  {
    number: 30,
    what: 'A redirect to another host or an internal address',
    larkhouse: 'It is not followed, and no token leaves. Internal addresses are never called.',
  },
  {
    number: 31,
    what: 'Things vanish from the tenant, or an answer is empty where there was much',
    larkhouse:
      'Only a complete reading marks rows deleted. More than 100 rows and more than a tenth at once are held back until the next complete reading misses the same ones.',
  },
  {
    number: 32,
    what: 'Mistakes in the configuration, missing permissions on either side',
    larkhouse:
      'The configuration is checked whole before anything is done, and all its mistakes are told at once. `larkhouse check` finds missing scopes, shares and grants, and writes nothing.',
  },
];
