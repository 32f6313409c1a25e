import 'server-only';
import { db } from '../../platform/database/db';
import { recordMail } from '../notify/record-try';
import { sendMail } from './send-mail';

/** Makes one try to send a waiting e-mail and keeps the outcome. A person who has left the team or was disabled meanwhile gets none. */
export async function deliverMail(mailId: string, signal?: AbortSignal): Promise<void> {
  const row = await db().mail.findUnique({
    where: { id: mailId, status: 'waiting' },
    include: { user: { include: { members: true } } },
  });
  if (!row) return;
  const { id, attempts, subject, text, user, teamId } = row;
  const entitled = user.disabledAt === null && user.members.some((member) => member.teamId === teamId);
  const outcome = entitled
    ? await sendMail({ id, to: user.email, subject, text })
    : { error: 'No longer a member of the team.', final: true };
  if (signal?.aborted && outcome.error !== '') return;
  await recordMail({ id, before: attempts, ...outcome });
}
