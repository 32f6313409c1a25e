import 'server-only';
import type { WriteDb } from '../../platform/database/db';
import { fieldProblem } from '../../platform/errors/field-problem';

/** @param ownId the list that is renamed. @throws AppError `invalid` at the field `name` */
export async function assertListNameFree(tx: WriteDb, name: string, ownId: string | null): Promise<void> {
  const taken = await tx.list.findFirst({
    where: { name, ...(ownId === null ? {} : { id: { not: ownId } }) },
    select: { id: true },
  });
  if (!taken) return;
  throw fieldProblem(
    'list.name-taken',
    ['name'],
    `there is a list named ${name} already`,
    'Choose another name.',
  );
}
