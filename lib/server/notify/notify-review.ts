import 'server-only';
import { maxNamed } from '#core/notify/event';
import type { WriteDb } from '../db';
import { notify } from './notify';

interface Asked {
  readonly planId: string;
  /** Name of the person who asks. */
  readonly by: string;
  /** Who is asked now, and was not before. */
  readonly userIds: readonly string[];
}

/** Tells who was asked to review a plan, in the transaction of the request. */
export async function notifyReview(tx: WriteDb, { planId, by, userIds }: Asked): Promise<void> {
  if (userIds.length === 0) return;
  const plan = await tx.plan.findUniqueOrThrow({
    where: { id: planId },
    include: {
      sites: { include: { site: { select: { id: true, name: true } } } },
      targets: { include: { target: { include: { host: { select: { name: true } } } } } },
    },
  });
  const sites = plan.sites.map(({ site }) => ({ id: site.id, name: site.name }));
  const hosts = [...new Set(plan.targets.map(({ target }) => target.host.name))];
  const asked = await tx.user.findMany({
    where: { id: { in: [...userIds] } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  });
  await notify(tx, {
    teamId: plan.teamId,
    siteIds: sites.map(({ id }) => id),
    event: {
      name: 'approval.asked',
      planId,
      sites: sites.slice(0, maxNamed),
      hosts: hosts.slice(0, maxNamed),
      by,
      asked,
    },
  });
}
