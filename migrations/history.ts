// All migrations, oldest first. Append-only: what has run somewhere never changes.

import type { Knex } from 'knex';
import * as control from './001_control.ts';
import * as approval from './002_approval.ts';
import * as base from './003_base.ts';
import * as attendance from './004_attendance.ts';
import * as contact from './005_contact.ts';
import * as seenKeys from './006_seen_keys.ts';
import * as notifications from './007_notifications.ts';
import * as seenBatches from './008_seen_batches.ts';
import * as syncedNow from './009_synced_now.ts';
import * as seenSums from './010_seen_sums.ts';
import * as deletedRows from './011_deleted_rows.ts';

export interface Migration {
  up(knex: Knex, schema: string): Promise<void>;
  down(knex: Knex, schema: string): Promise<void>;
}

/** Migrations by the name under which `schema_migrations` remembers them. */
export const history: Readonly<Record<string, Migration>> = {
  '001_control': control,
  '002_approval': approval,
  '003_base': base,
  '004_attendance': attendance,
  '005_contact': contact,
  '006_seen_keys': seenKeys,
  '007_notifications': notifications,
  '008_seen_batches': seenBatches,
  '009_synced_now': syncedNow,
  '010_seen_sums': seenSums,
  '011_deleted_rows': deletedRows,
};
