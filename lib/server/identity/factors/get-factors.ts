import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';

/** What the person has set up; never a secret. */
export const getFactors: Handler<typeof contract.factors.get> = async ({ db, actor }) => {
  const user = await db.user.findUniqueOrThrow({
    where: { id: actor.id },
    include: {
      secondFactor: true,
      accounts: { where: { providerId: 'credential', password: { not: null } } },
      _count: { select: { recoveryCodes: { where: { usedAt: null } } } },
    },
  });
  return {
    authenticatorSince: user.secondFactor?.confirmedAt?.toISOString() ?? null,
    recoveryCodesLeft: user._count.recoveryCodes,
    hasPassword: user.accounts.length > 0,
  };
};
