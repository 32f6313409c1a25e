import 'server-only';
import type { WriteDb } from '../../platform/database/db';
import { stepOfCode } from './authenticator';
import { takeRecoveryCode } from './recovery-codes';

export type CodeKind = 'authenticator' | 'recovery-code';

/**
 * Uses a code of the person's authenticator, or one of their recovery codes, up. Each counts once: transactions run one after the other,
 * and the newest time step that was accepted is kept.
 *
 * @returns `null` when it is wrong or was used
 */
export async function takeCode(
  tx: WriteDb,
  userId: string,
  code: string,
  which: 'confirmed' | 'begun' = 'confirmed',
): Promise<CodeKind | null> {
  const row = await tx.secondFactor.findUnique({ where: { userId } });
  if (!row || (row.confirmedAt === null) !== (which === 'begun')) return null;
  const step = stepOfCode(row, code.replace(/[\s-]/g, ''), new Date());
  if (step !== null) {
    await tx.secondFactor.update({ where: { userId }, data: { lastStep: step } });
    return 'authenticator';
  }
  return which === 'confirmed' && (await takeRecoveryCode(tx, userId, code)) ? 'recovery-code' : null;
}
