import 'server-only';
import type { applies } from '#api/contract/applies';
import { takenPorts } from '#core/plan/port-issues';
import type { Context } from '../../door/context';
import { readFacts } from '../../hosts/helper/host';
import { openHost } from '../../hosts/open-host';
import { env } from '../../platform/env';
import { notFound } from '../../platform/errors/app-error';
import { TransportError } from '../../platform/errors/transport-error';
import { mapBounded } from '../../platform/jobs/map-bounded';
import { loadPlanTargets } from '../plans/load-plan-targets';
import { applyInclude } from './apply-view';

/**
 * Asks the hosts on which an apply came to nothing who holds, now, the ports that its sites need there. A host that cannot be reached is named in
 * `notReached`: of its ports nothing is known. Nothing is written.
 */
export async function applyTakenPorts({ db, params, signal }: Context<typeof applies.takenPorts>) {
  const row = await db.apply.findUnique({ where: { id: params.id }, include: applyInclude });
  if (!row) throw notFound('apply');
  const undone = row.targets.filter(({ status }) => status !== 'succeeded').map(({ targetId }) => targetId);
  const siteIds = row.plan.sites.map(({ siteId }) => siteId);
  const inputs = undone.length > 0 ? await loadPlanTargets(db, siteIds, undone) : [];
  const taken: { hostId: string; hostName: string; message: string }[] = [];
  const notReached: typeof taken = [];
  await mapBounded(inputs, env().applyHostsAtOnce, async ({ host, server, sites }) => {
    const at = { hostId: host.id, hostName: host.name };
    try {
      const transport = await openHost(host.id);
      try {
        const { listeners } = await readFacts(transport, { servers: [server], signal });
        const issues = sites.flatMap(({ selected, document }) =>
          selected && document ? takenPorts(document, server, listeners) : [],
        );
        taken.push(...issues.map(({ message }) => ({ ...at, message })));
      } finally {
        await transport.close();
      }
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      notReached.push({ ...at, message: error.message });
    }
  });
  return { at: new Date().toISOString(), taken, notReached };
}
