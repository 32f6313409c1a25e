import 'server-only';
import type { ActivityRecord } from '#core/activity/canonical-record';
import { Prisma } from '../../../generated/prisma/client';
import { type ChainEnd, digestBefore } from '../../door/chain-end';
import { recordHash } from '../../door/record-hash';
import { storedRecord } from '../../door/stored-record';
import { type ReadDb, db as readDb } from '../../platform/database/db';
import { readDoorRows } from '../../platform/database/read-door-rows';
import { type StoredTrigger, storedTriggersSql, triggerFaults } from './record-triggers';

export interface BrokenRow {
  /** Its place in the chain. */
  readonly sequence: number;
  readonly reason: string;
  /** Its contents now, where they are readable. */
  readonly record: ActivityRecord | null;
}

export interface ChainReport {
  /** Rows of the chain that were found whole. */
  readonly rows: number;
  /** Rows from before there was a chain; the first row of it holds them. */
  readonly before: number;
  /** The newest row; worth noting down elsewhere, since nothing in the database tells that rows are missing at its end. */
  readonly head: ChainEnd | null;
  readonly broken: BrokenRow | null;
  /** What is wrong with the triggers that keep it append-only; empty when they are as they were made. */
  readonly triggers: readonly string[];
}

const batchSize = 1000;
type Row = Parameters<typeof storedRecord>[0];

/** The next rows; a row that cannot even be read is told by its number. */
async function nextRows(db: ReadDb, after: number): Promise<(Row | { unreadable: number })[]> {
  const batch = (take: number, sequence: number) =>
    db.activity.findMany({ where: { sequence: { gt: sequence } }, orderBy: { sequence: 'asc' }, take });
  try {
    return await batch(batchSize, after);
  } catch {
    const rows: (Row | { unreadable: number })[] = [];
    for (;;) {
      try {
        const [row] = await batch(1, after + rows.length);
        if (!row) return rows;
        rows.push(row);
      } catch {
        return [...rows, { unreadable: after + rows.length + 1 }];
      }
    }
  }
}

/**
 * Goes through the whole activity record, of all teams, and finds the first row that is not as it was written: changed, missing, moved or
 * slipped in.
 *
 * @param noted the head as an earlier run told it: finds rows cut off at the end, and a recomputed chain
 */
export async function verifyChain(noted?: ChainEnd): Promise<ChainReport> {
  const db = readDb();
  const before = await db.activity.count({ where: { sequence: null } });
  const stored = await readDoorRows<StoredTrigger>(Prisma.raw(storedTriggersSql));
  const triggers = triggerFaults(stored);
  let head: ChainEnd = { sequence: 0, hash: await digestBefore(db) };
  const report = (broken: BrokenRow | null): ChainReport => ({
    rows: head.sequence,
    before,
    head: head.sequence > 0 ? head : null,
    broken,
    triggers,
  });
  for (;;) {
    const rows = await nextRows(db, head.sequence);
    for (const row of rows) {
      const sequence = head.sequence + 1;
      if ('unreadable' in row) {
        return report({
          sequence,
          reason: 'cannot be read: a field holds what was never written',
          record: null,
        });
      }
      if (row.sequence !== sequence) return report({ sequence, reason: 'is missing', record: null });
      const record = storedRecord(row);
      if (recordHash(record, head.hash) !== row.hash) {
        const what =
          sequence === 1 && before > 0
            ? `is not as it was written, or one of the ${before} rows from before the chain is not`
            : 'is not as it was written, or does not follow the row before it';
        return report({ sequence, reason: what, record });
      }
      if (noted?.sequence === sequence && noted.hash !== row.hash) {
        return report({ sequence, reason: 'is whole, but not the row that was noted', record });
      }
      head = { sequence, hash: row.hash };
    }
    if (rows.length === 0) break;
  }
  if (noted && noted.sequence > head.sequence) {
    return report({ sequence: head.sequence + 1, reason: 'is missing: the record was longer', record: null });
  }
  return report(null);
}
