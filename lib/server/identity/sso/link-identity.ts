import 'server-only';
import { z } from 'zod';
import { writeAudit } from '../../door/audit';
import type { WriteDb } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';

/** An account at a provider that is to sign a person in here from now on. */
export const IdentityLink = z.object({ issuer: z.string(), subject: z.string(), name: z.string() });
export type IdentityLink = z.infer<typeof IdentityLink>;

/** Where the request came from, for the record. */
interface Visit {
  readonly address: string;
  readonly requestId: string;
}

/**
 * Links a provider's account to a person who has proven all that is asked of them, and records it. One account of each provider is a person's; another one
 * never becomes theirs, whatever address it has.
 *
 * @throws AppError `forbidden`
 */
export async function linkIdentity(
  tx: WriteDb,
  userId: string,
  link: IdentityLink,
  visit: Visit,
): Promise<void> {
  const user = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    include: { accounts: { where: { issuer: link.issuer } }, members: { select: { teamId: true } } },
  });
  if (user.accounts.length > 0)
    throw new AppError(
      'forbidden',
      `The account of ${user.email} here belongs to another account at ${link.name}.`,
      {
        hint: 'Sign in with that one, or another way, or ask an administrator.',
      },
    );
  await tx.account.create({
    data: { issuer: link.issuer, accountId: link.subject, providerId: 'oidc', userId },
  });
  const teamIds = user.members.map(({ teamId }) => teamId);
  await writeAudit(tx, {
    event: 'identity.linked',
    subject: `account at ${link.name} with ${user.email}`,
    subjectId: userId,
    detail: { issuer: link.issuer, subject: link.subject },
    teamIds: teamIds.length > 0 ? teamIds : [null],
    actorId: userId,
    actorLabel: user.email,
    address: visit.address,
    requestId: visit.requestId,
  });
}
