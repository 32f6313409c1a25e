import 'server-only';
import type { ReadDb, WriteDb } from '../../platform/database/db';

/** With what a person can prove that it is them, besides signing in. */
export async function proofsOf(db: Pick<ReadDb | WriteDb, 'user'>, userId: string) {
  const { accounts, secondFactor, passkeys } = await db.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      accounts: { where: { providerId: 'credential', password: { not: null } }, select: { id: true } },
      secondFactor: { select: { confirmedAt: true } },
      passkeys: { select: { id: true }, take: 1 },
    },
  });
  return {
    password: accounts.length > 0,
    code: Boolean(secondFactor?.confirmedAt),
    passkey: passkeys.length > 0,
  };
}
