// Two hundred names that somebody could give to a Base, a table, a field or an option.

const kinds: readonly (readonly string[])[] = [
  // Of every script and length.
  [
    '客户订单',
    '注文テーブル',
    '고객 주문',
    'Заказы',
    'طلبات',
    'הזמנות',
    'สั่งซื้อ',
    'Größe ß ﬁ',
    '𠮷野家',
    'e\u0301 é',
  ],
  [
    '',
    ' ',
    '  leading',
    'trailing  ',
    '\u00a0',
    '\u3000',
    '\ufeffmark',
    'a\u200bb',
    'x'.repeat(300),
    '名'.repeat(100),
  ],
  ['👍🏽', '👩‍👩‍👧‍👦', '🇩🇪🇯🇵', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '☃️', '1️⃣', '\u{10ffff}', 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢', '\u{1f600}'.repeat(75), 'ﷺ'],
  // What Postgres cannot hold.
  [
    'nul\0inside',
    '\0',
    '\0\0end',
    'high \ud800 alone',
    'low \udc00 alone',
    '\udc00\ud800',
    'end \udbff',
    '\0\ud800mixed',
  ],
  // Quotes and escapes of SQL, shells, JSON and COPY.
  ["it's", "''", '"', '""quoted""', '`tick`', '$$', '$tag$ body $tag$', '\\', '\\\\', "\\'"],
  ['\\N', '\\.', 'a\tb', 'a\nb', 'a\r\nb', '\b\f\v', '\\x41', '\\u0000', '\\\\u0000', '\\ud800'],
  ['%s', '%d%n%1$s', '{}', '{0}', '${name}', '#{x}', '{{x}}', '%00', '%', '%I %L'],
  ['null', 'NULL', 'undefined', 'NaN', 'true', '0', '-1', '1e309', '[]', '[object Object]'],
  // Reserved words and names of the warehouse's own.
  [
    'select',
    'SELECT',
    'table',
    'user',
    'order',
    'group',
    'default',
    'current_user',
    'primary',
    'lateral',
  ],
  [
    'source',
    'run_id',
    'synced_at',
    'row_hash',
    'deleted_at',
    'base_records',
    'lark',
    'pg_catalog',
    'pg_temp',
    'public',
  ],
  [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'prototype',
    '__defineGetter__',
    'valueOf',
    'length',
    'then',
    'toJSON',
  ],
  // Fragments of SQL.
  [
    "'; drop table lark.base_records; --",
    '"; drop table lark.base_records; --',
    "'); insert into lark.sentinel values (1); --",
    '"); insert into lark.sentinel values (1); --',
    '$$; insert into lark.sentinel values (1); $$',
    "\\'; insert into lark.sentinel values (1); --",
    "1' or '1'='1",
    "' union select version() --",
    "'||pg_sleep(100)||'",
    '/* comment */ -- more',
  ],
  [
    "x'; copy lark.sentinel from program 'echo 1'; --",
    "'; set search_path = pg_temp; --",
    "'; commit; begin; --",
    '"lark"."base_records"',
    'lark.base_records',
    "E'\\047; drop schema lark cascade; --",
    "U&'\\0027; drop schema lark cascade'",
    'drop schema lark cascade',
    '); drop schema lark cascade; --',
    "comment on table lark.base_records is 'x'",
  ],
  // What steers terminals, pages and spreadsheets.
  [
    '\u001b[2J\u001b[H',
    '\u001b]0;title\u0007',
    '\u001b[31mred',
    '\u009b31mred',
    '\u009d0;title\u009c',
    'a\rb',
    '\b\b\b',
    '\u007f',
    '\u001b]8;;http://elsewhere.example\u001b\\link\u001b]8;;\u001b\\',
    '\u001bP+q\u001b\\',
  ],
  [
    '\u202egnp.exe',
    '\u2066isolated\u2069',
    '\u200fright',
    '\u2028line\u2029paragraph',
    '<script>alert(1)</script>',
    '<!-- -->',
    '&amp;&#0;',
    '=cmd()',
    '+1+1',
    '@sum(1)',
  ],
  // Paths, addresses, variables, and what looks like a secret's place.
  [
    '../../etc/passwd',
    '/dev/null',
    'C:\\con',
    'file:///etc/passwd',
    '~',
    '.',
    '..',
    'a/b',
    'a?b#c',
    'a b&c=d',
  ],
  ['$HOME', '$(id)', '`id`', '; id', '| id', '&& id', '> /tmp/x', '!!', '*', '-rf'],
  [
    't-',
    'Bearer',
    'https://elsewhere.example/?token=',
    'a@b.example',
    ',',
    ';',
    ':',
    '"",""',
    "','",
    '\t',
  ],
];

const some = kinds.flat();

/** Two hundred of them, each once. */
export const hostileNames: readonly string[] = [
  ...some,
  ...Array.from(
    { length: 200 - some.length },
    (_, number) => `${some[number * 7] ?? ''}\n${number}'"\\`,
  ),
];

/** The name as the warehouse holds it. */
export function held(name: string): string {
  return name.replaceAll('\0', '\ufffd').toWellFormed();
}

/** How many characters of the text the warehouse cannot hold. */
export function unheld(text: string): number {
  return (text.match(/\0|[\ud800-\udfff]/gu) ?? []).length;
}
