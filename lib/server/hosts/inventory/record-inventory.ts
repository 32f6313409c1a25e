import 'server-only';
import { Prisma } from '../../../generated/prisma/client';
import type { WriteDb } from '../../platform/database/db';
import { type KeptInventory, storedSources } from './kept-inventory';

/**
 * Keeps what a web server serves, with the time; one that could not be read is kept with the reason instead. What its processes had read when they
 * were seen first stays for as long as they run.
 */
export async function recordInventory(
  tx: WriteDb,
  targetId: string,
  found: KeptInventory | { readonly error: string },
  readAt: Date = new Date(),
): Promise<void> {
  const data =
    'error' in found
      ? { document: Prisma.DbNull, error: found.error, readAt }
      : { document: await withFirst(tx, targetId, found), error: '', readAt };
  await tx.targetInventory.upsert({ where: { targetId }, create: { targetId, ...data }, update: data });
}

async function withFirst(tx: WriteDb, targetId: string, found: KeptInventory): Promise<KeptInventory> {
  const row = await tx.targetInventory.findUnique({ where: { targetId }, select: { document: true } });
  const first = storedSources(row?.document);
  return first && first.generation === found.generation ? { ...found, ...first } : found;
}
