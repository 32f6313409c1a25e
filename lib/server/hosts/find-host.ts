import 'server-only';
import type { ReadDb, WriteDb } from '../platform/database/db';
import { notFound } from '../platform/errors/app-error';
import { hostInclude } from './describe-host';

/** A host of the team whose client is given. @throws AppError `not-found` */
export async function findHost(db: Pick<ReadDb | WriteDb, 'host'>, id: string) {
  const row = await db.host.findFirst({ where: { id, archivedAt: null }, include: hostInclude });
  if (!row) throw notFound('host');
  return row;
}
