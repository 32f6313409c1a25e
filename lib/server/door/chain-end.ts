import 'server-only';
import type { ReadDb, WriteDb } from '../platform/database/db';
import { recordHash } from './record-hash';
import { storedRecord } from './stored-record';

export interface ChainEnd {
  /** Of the newest row; 0 when the chain has not begun. */
  readonly sequence: number;
  readonly hash: string;
}

/**
 * Digest of the rows that were recorded before there was a chain. The first row of the chain follows from it, so that they are held as well:
 * one more, one less or another one breaks that row.
 */
export async function digestBefore(db: Pick<ReadDb | WriteDb, 'activity'>): Promise<string> {
  const rows = await db.activity.findMany({
    where: { sequence: null },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  return rows.reduce((hash, row) => recordHash(storedRecord(row), hash), '');
}

/**
 * Where the chain ends now. Inside a transaction nobody else can add to it before the caller does. Asks beyond the team that the
 * transaction is narrowed to: there is one chain for all.
 */
export async function chainEnd(tx: WriteDb): Promise<ChainEnd> {
  const [end] = await tx.$queryRaw<{ sequence: bigint | number; hash: string }[]>`
    SELECT "sequence", "hash" FROM "Activity" WHERE "sequence" IS NOT NULL ORDER BY "sequence" DESC LIMIT 1`;
  return end ? { sequence: Number(end.sequence), hash: end.hash } : { sequence: 0, hash: '' };
}
