import 'server-only';
import { writeAudit } from '../../door/audit';
import type { WriteDb } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';
import { isOpen } from '../invitations/open-invitation';
import type { IdentityLink } from './link-identity';

interface Provider {
  readonly issuer: string;
  readonly name: string;
  /** E-mail domains whose people may come without an invitation. */
  readonly domains: readonly string[];
}
interface Claims {
  readonly sub: string;
  readonly email?: string | undefined;
  readonly email_verified?: boolean | undefined;
  readonly name?: string | undefined;
}

/** Where the request came from, for the record. */
interface Visit {
  readonly address: string;
  readonly requestId: string;
}

/**
 * The person that a provider's account is. One that is linked stays linked, whatever its e-mail address becomes. Another is to be linked (`link`, see
 * `linkIdentity`) by an address that the provider has verified: to the account here, or to a new one for who was invited or comes from an allowed domain.
 *
 * @throws AppError `forbidden`
 */
export async function personOfProvider(
  tx: WriteDb,
  provider: Provider,
  claims: Claims,
  visit: Visit,
): Promise<{ readonly userId: string; readonly link: IdentityLink | null }> {
  const key = { issuer: provider.issuer, accountId: claims.sub };
  const linked = await tx.account.findUnique({ where: { issuer_accountId: key }, include: { user: true } });
  if (linked) return { userId: admitted(linked.user), link: null };
  const email = claims.email?.toLowerCase();
  if (!email || claims.email_verified !== true) {
    throw new AppError('forbidden', `${provider.name} has not verified your e-mail address.`, {
      hint: 'Verify it there, or sign in with your password.',
    });
  }
  const known = await tx.user.findUnique({ where: { email } });
  const user = known ?? (await welcome(tx, provider, email, claims.name, visit));
  const link = { issuer: provider.issuer, subject: claims.sub, name: provider.name };
  return { userId: admitted(user), link };
}

function admitted({ id, disabledAt }: { id: string; disabledAt: Date | null }): string {
  if (disabledAt === null) return id;
  throw new AppError('forbidden', 'Your account here is disabled.', { hint: 'Ask an administrator.' });
}

/** A new account, with the memberships that were offered to the address: a verified address is as good as the link sent to it. */
async function welcome(
  tx: WriteDb,
  provider: Provider,
  email: string,
  name: string | undefined,
  { address, requestId }: Visit,
) {
  const now = new Date();
  const offers = await tx.invitation.findMany({ where: { email, ...isOpen(now) } });
  if (offers.length === 0 && !provider.domains.includes(email.split('@').at(-1) ?? '')) {
    throw new AppError('forbidden', `${provider.name} knows you, but nobody has invited ${email} here.`, {
      hint: 'Ask an admin of your team for an invitation to this address.',
    });
  }
  const user = await tx.user.create({
    data: { email, emailVerified: true, name: name?.trim() || (email.split('@')[0] ?? email) },
  });
  for (const { id, teamId, role } of offers) {
    await tx.invitation.update({ where: { id }, data: { acceptedAt: now } });
    await tx.member.upsert({
      where: { teamId_userId: { teamId, userId: user.id } },
      create: { teamId, userId: user.id, role },
      update: {},
    });
    await writeAudit(tx, {
      event: 'member.joined',
      subject: `member ${email}`,
      subjectId: user.id,
      detail: { role, invitation: id, by: provider.name },
      teamIds: [teamId],
      actorId: user.id,
      actorLabel: email,
      address,
      requestId,
    });
  }
  return user;
}
