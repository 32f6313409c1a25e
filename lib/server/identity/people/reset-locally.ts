import 'server-only';
import { writeAudit } from '../../door/audit';
import { write } from '../../platform/database/write';
import { AppError } from '../../platform/errors/app-error';
import { insertReset } from './insert-reset';

/** Makes a link for a new password for somebody who holds the data directory. Its secret is shown nowhere else. */
export const resetLocally = (email: string) =>
  write(async (tx) => {
    const user = await tx.user.findUnique({ where: { email }, include: { members: true } });
    if (!user) throw new AppError('not-found', `Nobody signs in as ${email}.`);
    const link = await insertReset(tx, user, 'the command line');
    const teamIds = user.members.map(({ teamId }) => teamId);
    await writeAudit(tx, {
      event: 'person.reset-made',
      subject: `person ${user.email}`,
      subjectId: user.id,
      teamIds: teamIds.length > 0 ? teamIds : [null],
      actorId: null,
      actorLabel: 'command line',
      address: 'command line',
      requestId: 'command line',
    });
    return link;
  });
