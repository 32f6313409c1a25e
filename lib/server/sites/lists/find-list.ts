import 'server-only';
import type { ReadDb, WriteDb } from '../../platform/database/db';
import { notFound } from '../../platform/errors/app-error';
import { listInclude } from './describe-list';

/** A list of the team. @throws AppError `not-found` */
export async function findList(db: ReadDb | WriteDb, id: string) {
  const row = await db.list.findFirst({ where: { id }, include: listInclude });
  if (!row) throw notFound('list');
  return row;
}
