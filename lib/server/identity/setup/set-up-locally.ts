import 'server-only';
import { hashPassword } from 'better-auth/crypto';
import { writeAudit } from '../../door/audit';
import { write } from '../../platform/database/write';
import { type FirstAdmin, makeFirstAdmin } from './make-first-admin';

/** Makes the first admin and team for somebody who holds the data directory, and so needs no token. */
export async function setUpLocally(input: Omit<FirstAdmin, 'passwordHash'>, password: string) {
  const passwordHash = await hashPassword(password);
  return write(async (tx) => {
    const made = await makeFirstAdmin(tx, { ...input, passwordHash });
    await writeAudit(tx, {
      event: 'team.created',
      subject: `team ${made.team.name}`,
      subjectId: made.team.id,
      teamIds: [made.team.id],
      actorId: made.user.id,
      actorLabel: made.user.email,
      address: 'command line',
      requestId: 'command line',
    });
    return made;
  });
}
