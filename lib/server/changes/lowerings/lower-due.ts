import 'server-only';
import { randomUUID } from 'node:crypto';
import { announceAccessChange } from '../../door/access/access-changes';
import { writeAudit } from '../../door/audit';
import { db } from '../../platform/database/db';
import { teamWrite } from '../../platform/database/team-write';
import { log } from '../../platform/log';
import { findLowering, storedWords } from './find-lowering';
import { takeEffect } from './take-effect';
import { tellOfLowering } from './tell-of-lowering';

const dashboard = { actorId: null, actorLabel: 'dashboard', address: 'dashboard' };

/** Lets those take effect whose time has come. What cannot be done ends, and all admins are told. */
export async function lowerDue(now = new Date()): Promise<void> {
  const due = await db().lowering.findMany({
    where: { endedAt: null, dueAt: { lte: now } },
    include: { team: { select: { id: true, slug: true, name: true } } },
    orderBy: { dueAt: 'asc' },
    take: 50,
  });
  for (const { id, team } of due) {
    const requestId = randomUUID();
    const record = { ...dashboard, teamIds: [team.id], requestId, subjectId: id };
    await teamWrite(team.id, async (tx) => {
      const row = await findLowering(tx, id);
      const lowers = await takeEffect(tx, row, { team, by: null, address: dashboard.address, requestId });
      await writeAudit(tx, {
        ...record,
        event: 'lowering.took-effect',
        subject: lowers.join('; ').slice(0, 300),
        detail: { lowers },
      });
    }).catch(async (error: unknown) => {
      log().warn({ err: error, loweringId: id }, 'a lowering could not take effect');
      await teamWrite(team.id, async (tx) => {
        const row = await findLowering(tx, id);
        const lowers = storedWords(row.lowers);
        await tx.lowering.update({ where: { id }, data: { endedAt: new Date(), outcome: 'failed' } });
        await writeAudit(tx, {
          ...record,
          event: 'lowering.failed',
          subject: lowers.join('; ').slice(0, 300),
          detail: { lowers },
        });
        await tellOfLowering(tx, 'failed', { teamId: team.id, lowers, dueAt: row.dueAt }, null);
      });
    });
    announceAccessChange();
  }
}
