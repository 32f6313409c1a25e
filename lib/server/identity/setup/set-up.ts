import 'server-only';
import { hashPassword } from 'better-auth/crypto';
import type { contract } from '#api/contract/index';
import { hashToken } from '../../door/api-token';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { describeSession } from '../sessions/describe-session';
import { startSession } from '../sessions/start-session';
import { makeFirstAdmin } from './make-first-admin';

const refused = () =>
  new AppError('forbidden', 'This setup link is not valid.', {
    hint: 'Use the link that the server printed at its last start, or restart it for a new one.',
  });

/** Makes the first admin and team with the one-time token, and signs them in. The token is used up in the same transaction. */
export const setUp: Handler<typeof contract.session.setup> = async (context) => {
  const { token, password, ...input } = context.body;
  const tokenHash = hashToken(token);
  // Looked at once before, so that strangers cannot make the server hash passwords.
  if (!(await context.db.setupToken.findUnique({ where: { tokenHash } }))) throw refused();
  const passwordHash = await hashPassword(password);
  return context.change(async (tx) => {
    const { count } = await tx.setupToken.deleteMany({ where: { tokenHash } });
    if (count !== 1) throw refused();
    const { user, team } = await makeFirstAdmin(tx, { ...input, passwordHash });
    await startSession(context, user.id);
    const actor = { id: user.id, label: user.email };
    const audit = { subject: `team ${team.name}`, subjectId: team.id, actor, teamIds: [team.id] };
    return { value: await describeSession(tx, user.id), audit };
  });
};
