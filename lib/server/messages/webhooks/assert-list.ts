import 'server-only';
import type { WriteDb } from '../../platform/database/db';
import { fieldProblem } from '../../platform/errors/field-problem';

/** @throws AppError `invalid` for a list that the team does not have */
export async function assertList(tx: WriteDb, listId: string | null): Promise<void> {
  if (listId === null) return;
  const list = await tx.list.findUnique({ where: { id: listId }, select: { id: true } });
  if (!list) throw fieldProblem('list.unknown', ['listId'], 'there is no such list');
}
