import 'server-only';
import type { WriteDb } from '../../platform/database/db';

/** Ends the open invitations that a person made: a person who may no longer invite must not keep a link back in. */
export async function revokeInvitationsOf(tx: WriteDb, userId: string): Promise<void> {
  await tx.invitation.updateMany({
    where: { invitedById: userId, acceptedAt: null, revokedAt: null },
    data: { revokedAt: new Date() },
  });
}
