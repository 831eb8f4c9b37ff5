// What must hold after every fault, compared with the undisturbed replication (`truth`) of the same
// company. Each check throws with the first rows that break it.

import assert from 'node:assert/strict';
import type { Truth } from './oracle.ts';
import { homes, isBookkeeping, type Snapshot, type StoredRow } from './snapshot.ts';

/** Throws unless the replication holds what the company does: its keys, and a value of each row. */
export function replicates(truth: Snapshot, expected: Truth): void {
  for (const [table, keys] of Object.entries(expected)) {
    const rows = rowsOf(truth, table);
    const live = [...rows.values()].filter((row) => !row.isDeleted);
    const wrong = live.filter(({ key, text }) => !text.includes(keys.get(key) ?? '\0'));
    assert.deepEqual(sample(wrong), [], `${table} has rows that the company does not have so`);
    const missing = [...keys.keys()].filter((key) => rows.get(key)?.isDeleted !== false);
    assert.deepEqual(missing.slice(0, 3), [], `${table} lacks rows of the company`);
  }
}

/** I1, I2: the same rows, byte for byte, and the same rows marked as deleted. */
export function isEqual(found: Snapshot, truth: Snapshot, hasMoved: boolean): void {
  for (const [table, expected] of truth.tables) {
    if (hasMoved && isBookkeeping(table)) continue;
    const rows = rowsOf(found, table);
    for (const row of expected.values()) {
      const own = rows.get(row.key);
      // What went during the run keeps the values that were seen last.
      if (hasMoved && row.isDeleted && own?.isDeleted === true) continue;
      assert.deepEqual(shown(own), shown(row), `${table} ${row.key}`);
    }
    const more = [...rows.values()].filter(({ key }) => !expected.has(key));
    // What came and went during the run is rightly there, marked.
    const invented = more.filter((row) => !(hasMoved && row.isDeleted));
    assert.deepEqual(sample(invented), [], `${table} has rows that the truth has not`);
  }
  if (!hasMoved) assert.deepEqual(found.cursors, truth.cursors, 'cursors differ from the truth');
}

/** I3: each row is as it is or was, and what a cursor claims to be read is there. */
export function isNotAhead(found: Snapshot, past: Snapshot, truth: Snapshot): void {
  for (const table of Object.keys(homes)) {
    const [before, now] = [rowsOf(past, table), rowsOf(truth, table)];
    const invented = [...rowsOf(found, table).values()].filter(
      (row) => ![before, now].some((rows) => isSame(rows.get(row.key), row)),
    );
    assert.deepEqual(sample(invented), [], `${table} has rows that never were so`);
  }
  for (const [stream, cursors] of truth.cursors) {
    for (const [partition, cursor] of cursors) {
      const [now, then] = [found, past].map((one) => one.cursors.get(stream)?.get(partition));
      if (now === cursor && then !== cursor) isWhole(found, truth, { stream, partition });
    }
  }
}

/** The cursor stands at the end: so every row of the partition has to be there. */
function isWhole(
  found: Snapshot,
  truth: Snapshot,
  claim: { readonly stream: string; readonly partition: string },
): void {
  for (const [table, home] of Object.entries(homes)) {
    if (home.stream !== claim.stream) continue;
    const own = [...rowsOf(truth, table).values()].filter(
      ({ partition }) => partition === null || partition === claim.partition,
    );
    const rows = rowsOf(found, table);
    const lost = own.filter((row) => !isSame(rows.get(row.key), row));
    assert.deepEqual(sample(lost), [], `the cursor of ${claim.stream} is ahead of ${table}`);
  }
}

/** I4: nothing that the company has is marked as deleted. */
export function isNothingLost(found: Snapshot, expected: Truth): void {
  for (const [table, keys] of Object.entries(expected)) {
    const lost = [...rowsOf(found, table).values()].filter(
      ({ key, isDeleted }) => isDeleted && keys.has(key),
    );
    assert.deepEqual(sample(lost), [], `${table} marks rows as deleted that exist`);
  }
}

/** I6 */
export function isSilent(
  texts: Readonly<Record<string, string>>,
  canaries: readonly string[],
): void {
  for (const [place, text] of Object.entries(texts)) {
    const shownIn = canaries.findIndex((canary) => text.includes(canary));
    assert.equal(shownIn, -1, `${place} shows the canary ${shownIn}`);
    assert.doesNotMatch(text, /(?<![\w-])[tua]-[\w.-]{12,}/, `${place} shows a token`);
  }
}

function rowsOf(snapshot: Snapshot, table: string): ReadonlyMap<string, StoredRow> {
  return snapshot.tables.get(table) ?? new Map();
}

function isSame(left: StoredRow | undefined, right: StoredRow): boolean {
  return left !== undefined && left.text === right.text && left.isDeleted === right.isDeleted;
}

function shown(row: StoredRow | undefined): readonly unknown[] {
  return row === undefined ? ['missing'] : [row.text, row.isDeleted];
}

function sample(rows: readonly StoredRow[]): readonly unknown[] {
  return rows.slice(0, 3).map(({ key, text, isDeleted }) => [key, text.slice(0, 500), isDeleted]);
}
