import 'server-only';
import type { ReadDb, WriteDb } from '../../platform/database/db';
import { notFound } from '../../platform/errors/app-error';
import { webhookInclude } from './describe-webhook';

/** @throws AppError `not-found` */
export async function findWebhook(db: ReadDb | WriteDb, id: string) {
  const row = await db.webhook.findUnique({ where: { id }, include: webhookInclude });
  if (!row) throw notFound('webhook');
  return row;
}
