import 'server-only';
import type { ServerInventory } from '#core/inventory/server-inventory';
import { Prisma } from '../../generated/prisma/client';
import type { WriteDb } from '../db';

/** Keeps what a web server serves, with the time; one that could not be read is kept with the reason instead. */
export async function recordInventory(
  tx: WriteDb,
  targetId: string,
  found: ServerInventory | { readonly error: string },
  readAt: Date = new Date(),
): Promise<void> {
  const data =
    'error' in found
      ? { document: Prisma.DbNull, error: found.error, readAt }
      : { document: found, error: '', readAt };
  await tx.targetInventory.upsert({ where: { targetId }, create: { targetId, ...data }, update: data });
}
