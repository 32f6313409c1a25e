import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';

/** The person's own live sessions, newest first. */
export const listDevices: Handler<typeof contract.session.listDevices> = async ({ db, actor }) => {
  const rows = await db.session.findMany({
    where: { userId: actor.id, expiresAt: { gt: new Date() } },
    orderBy: { createdAt: 'desc' },
    take: 500,
  });
  const current = actor.via.kind === 'session' ? actor.via.sessionId : null;
  return {
    items: rows.map((row) => ({
      id: row.id,
      current: row.id === current,
      address: row.ipAddress,
      userAgent: row.userAgent,
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
    })),
  };
};
