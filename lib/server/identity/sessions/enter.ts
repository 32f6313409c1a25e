import 'server-only';
import type { z } from 'zod';
import type { Session } from '#api/contract/session';
import { issueTicket } from '../../door/auth/ticket';
import type { Audited, PersonalAudit } from '../../door/context';
import type { WriteDb } from '../../platform/database/db';
import { type IdentityLink, linkIdentity } from '../sso/link-identity';
import { describeSession } from './describe-session';
import { startSession } from './start-session';

type Answering = Parameters<typeof startSession>[0] & { readonly requestId: string };
type Entered = z.input<typeof Session>;
interface Asked {
  readonly secondFactor: { readonly ticket: string };
}

async function find(tx: WriteDb, userId: string) {
  const user = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    include: { members: { select: { teamId: true } }, secondFactor: true },
  });
  const actor = { id: user.id, label: user.email };
  return { user, audit: { actor, teamIds: user.members.map(({ teamId }) => teamId) } };
}

/** Starts a session for a person who has proven all that is asked of them, with its record. */
export async function enter(
  tx: WriteDb,
  context: Answering,
  userId: string,
  detail: { readonly by: string },
  provenAt: Date | null = new Date(),
): Promise<Audited<Entered, PersonalAudit>> {
  const { user, audit } = await find(tx, userId);
  await tx.session.deleteMany({ where: { userId, expiresAt: { lt: new Date() } } });
  const subjectId = await startSession(context, userId, provenAt);
  return {
    value: await describeSession(tx, userId),
    audit: { ...audit, subject: `session of ${user.email}`, subjectId, detail },
  };
}

/**
 * What follows a first factor: a session, or for people with a second factor a ticket for the second step. Until that is done there is no
 * session; that the first factor was right is on the record.
 */
export async function enterOrAsk(
  tx: WriteDb,
  context: Answering,
  userId: string,
  detail: { readonly by: string },
  link: IdentityLink | null = null,
): Promise<Audited<Entered | Asked, PersonalAudit>> {
  const { user, audit } = await find(tx, userId);
  if (!user.secondFactor?.confirmedAt) {
    if (link) await linkIdentity(tx, userId, link, context);
    return enter(tx, context, userId, detail);
  }
  // A new way in is linked once both factors are proven.
  const after = link ? { link: JSON.stringify(link) } : {};
  return {
    value: { secondFactor: { ticket: issueTicket('second-factor', { userId, by: detail.by, ...after }) } },
    audit: { ...audit, event: 'session.second-factor-asked', subject: `sign-in of ${user.email}`, detail },
  };
}
