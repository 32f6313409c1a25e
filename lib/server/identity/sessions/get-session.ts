import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describeSession } from './describe-session';

/** Who is asking, and their teams. */
export const getSession: Handler<typeof contract.session.get> = async ({ db, actor }) => {
  if (actor.via.kind === 'session') return describeSession(db, actor.id);
  const token = await db.apiToken.findUniqueOrThrow({ where: { id: actor.via.tokenId } });
  return describeSession(db, actor.id, token.teamId);
};
