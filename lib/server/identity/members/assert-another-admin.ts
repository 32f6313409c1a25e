import 'server-only';
import type { WriteDb } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';

/**
 * Keeps a team from losing its last admin who can sign in. Transactions run one after the other, so two admins cannot leave at once.
 *
 * @param tx of the team
 * @throws AppError `conflict`
 */
export async function assertAnotherAdmin(tx: WriteDb, userId: string): Promise<void> {
  const others = await tx.member.count({
    where: { role: 'admin', userId: { not: userId }, user: { disabledAt: null } },
  });
  if (others > 0) return;
  throw new AppError('conflict', 'The team would be left without an admin.', {
    hint: 'Make another member admin first.',
  });
}
