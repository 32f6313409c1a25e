import 'server-only';
import type { WriteDb } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';

/** Keeps the installation from losing its last administrator who can sign in. @throws AppError `conflict` */
export async function assertAnotherAdministrator(tx: WriteDb, userId: string): Promise<void> {
  const others = await tx.user.count({
    where: { administrator: true, disabledAt: null, id: { not: userId } },
  });
  if (others > 0) return;
  throw new AppError('conflict', 'The installation would be left without an administrator.', {
    hint: 'Make somebody else administrator first.',
  });
}
