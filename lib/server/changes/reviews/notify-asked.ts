import 'server-only';
import { maxNamed } from '#core/notify/event';
import { isEmpty } from '#core/plan/is-empty';
import { TargetPlan } from '#core/plan/target-plan';
import { notify } from '../../messages/notify/notify';
import type { WriteDb } from '../../platform/database/db';

interface Asked {
  readonly teamId: string;
  readonly planId: string;
  /** Name of who asks. */
  readonly by: string;
  readonly userIds: readonly string[];
}

/** Tells people that their review is asked for, in the transaction that asks. */
export async function notifyAsked(tx: WriteDb, { teamId, planId, by, userIds }: Asked): Promise<void> {
  if (userIds.length === 0) return;
  const sites = await tx.planSite.findMany({ where: { planId }, include: { site: true } });
  const targets = await tx.planTarget.findMany({ where: { planId } });
  const documents = targets.map(({ document }) => TargetPlan.parse(document));
  const hosts = new Set(documents.filter((each) => !isEmpty(each)).map(({ hostName }) => hostName));
  const asked = await tx.user.findMany({
    where: { id: { in: [...userIds] } },
    select: { id: true, name: true },
  });
  await notify(tx, {
    teamId,
    siteIds: sites.map(({ siteId }) => siteId),
    event: {
      name: 'approval.asked',
      planId,
      sites: sites.map(({ site }) => ({ id: site.id, name: site.name })).slice(0, maxNamed),
      hosts: [...hosts].slice(0, maxNamed),
      by,
      asked,
    },
  });
}
