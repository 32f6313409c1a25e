import 'server-only';
import type { WriteDb } from '../../platform/database/db';

/** Stores a person's new password; somebody who came by single sign-on gets their first. */
export async function setPassword(tx: WriteDb, userId: string, passwordHash: string): Promise<void> {
  const { count } = await tx.account.updateMany({
    where: { userId, providerId: 'credential' },
    data: { password: passwordHash },
  });
  if (count > 0) return;
  await tx.account.create({
    data: { userId, accountId: userId, providerId: 'credential', password: passwordHash },
  });
}
