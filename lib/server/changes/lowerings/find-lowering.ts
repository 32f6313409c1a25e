import 'server-only';
import { z } from 'zod';
import type { Lowering } from '#api/contract/lowerings';
import type { Lowering as Row } from '../../../generated/prisma/client';
import type { ReadDb, WriteDb } from '../../platform/database/db';
import { notFound } from '../../platform/errors/app-error';

/** One that still waits. @throws AppError `not-found` */
export async function findLowering(db: ReadDb | WriteDb, id: string): Promise<Row> {
  const row = await db.lowering.findFirst({ where: { id, endedAt: null } });
  if (!row) throw notFound('lowering');
  return row;
}

/** What it lowers, in words. */
export const storedWords = (json: unknown): string[] => z.array(z.string()).parse(json);

/** Lowerings as they are shown. */
export async function describeLowerings(db: ReadDb | WriteDb, rows: readonly Row[]): Promise<Lowering[]> {
  const ids = rows.flatMap(({ askedById }) => askedById ?? []);
  const people = await db.user.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, email: true },
  });
  return rows.map((row) => ({
    id: row.id,
    operation: row.operation,
    lowers: storedWords(row.lowers),
    askedBy: people.find(({ id }) => id === row.askedById) ?? null,
    askedAt: row.askedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
  }));
}
