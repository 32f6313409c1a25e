import 'server-only';
import type { WriteDb } from '../platform/database/db';
import { fieldProblem } from '../platform/errors/field-problem';

/** Two hosts of a team need two names. @throws AppError `invalid`, at the name */
export async function assertHostNameFree(tx: WriteDb, name: string, ownId?: string): Promise<void> {
  const other = await tx.host.findFirst({
    where: { name, archivedAt: null, ...(ownId ? { id: { not: ownId } } : {}) },
  });
  if (other)
    throw fieldProblem(
      'host.name-taken',
      ['name'],
      `there is a host named ${name} already`,
      'Choose another name.',
    );
}
