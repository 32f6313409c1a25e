import 'server-only';
import type { contract } from '#api/contract/index';
import { provenUntil } from '#core/access/proof';
import type { Handler } from '../../door/route';
import { proofsOf } from './proofs-of';

/** How the person can prove that it is them, and until when they have. */
export const getProof: Handler<typeof contract.proof.get> = async ({ actor, db }) => {
  if (actor.via.kind !== 'session') throw new Error('the gate lets sessions in only');
  const session = await db.session.findUnique({ where: { id: actor.via.sessionId } });
  const until = provenUntil(session?.provenAt ?? null, new Date());
  return { until: until?.toISOString() ?? null, ...(await proofsOf(db, actor.id)) };
};
