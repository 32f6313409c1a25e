import 'server-only';
import { randomBytes } from 'node:crypto';
import { hashToken } from '../../door/api-token';
import type { WriteDb } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';

/** Hours that a link to set a new password works. */
export const resetHours = 24;

/** Makes a one-time link for a person and forgets earlier ones. The secret is kept as a hash only. */
export async function insertReset(
  tx: WriteDb,
  user: { id: string; disabledAt: Date | null },
  madeBy: string,
) {
  if (user.disabledAt !== null) {
    throw new AppError('conflict', 'This person is disabled.', { hint: 'Enable them first.' });
  }
  const secret = randomBytes(32).toString('base64url');
  await tx.passwordReset.deleteMany({ where: { userId: user.id } });
  const row = await tx.passwordReset.create({
    data: {
      id: randomBytes(18).toString('base64url'),
      userId: user.id,
      madeBy,
      tokenHash: hashToken(secret),
      expiresAt: new Date(Date.now() + resetHours * 3_600_000),
    },
  });
  return { id: row.id, secret, expiresAt: row.expiresAt };
}
