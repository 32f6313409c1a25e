import 'server-only';
import type { ReadDb, WriteDb } from '../../platform/database/db';
import { notFound } from '../../platform/errors/app-error';

/** A template of the team. @throws AppError `not-found` */
export async function findTemplate(db: ReadDb | WriteDb, id: string) {
  const row = await db.siteTemplate.findFirst({ where: { id } });
  if (!row) throw notFound('template');
  return row;
}
