import 'server-only';
import type { contract } from '#api/contract/index';
import type { ProbeOutcome } from '#core/probe/probe-outcome';
import type { Handler } from '../../door/route';
import { addressFromHere } from '../../hosts/address-from-here';
import { readFacts } from '../../hosts/helper/host';
import { openHost } from '../../hosts/open-host';
import { db } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { AppError, notFound } from '../../platform/errors/app-error';
import { TransportError } from '../../platform/errors/transport-error';
import { siteProbesSeen } from '../../sites/list-probes';
import { storedDocument } from '../../sites/stored-document';
import { probeTarget } from './probe-target';

/** One target of the site, and the revision that runs there. */
interface Placed {
  readonly targetId: string;
  readonly host: { readonly id: string; readonly name: string; readonly address: string | null };
  readonly revision: number;
}

async function look(
  siteId: string,
  { host, revision }: Placed,
  signal: AbortSignal,
): Promise<ProbeOutcome[]> {
  const row = await db().siteRevision.findUniqueOrThrow({
    where: { siteId_number: { siteId, number: revision } },
  });
  const transport = await openHost(host.id);
  try {
    const { clockSkewSeconds } = await readFacts(transport);
    return await probeTarget({
      transport,
      address: host.address,
      sites: [{ document: storedDocument(row.document) }],
      clockOffsetMs: clockSkewSeconds * 1000,
      signal,
    });
  } finally {
    transport.close();
  }
}

/**
 * Checks a site now, on every host where it runs, as the revision that was applied there asks, and keeps what was seen with its time. A host that cannot be
 * reached is no verdict about the site: what was known stays, and the answer names the host.
 */
export const probeSiteNow: Handler<typeof contract.sites.check> = async ({
  db: read,
  team,
  params,
  signal,
  change,
}) => {
  const site = await read.site.findFirst({
    where: { id: params.id, archivedAt: null },
    include: {
      targets: {
        where: { appliedRevision: { not: null }, target: { host: { archivedAt: null } } },
        include: { target: { include: { host: true } } },
      },
    },
  });
  if (!site) throw notFound('site');
  const placed = site.targets.map(
    ({ targetId, appliedRevision, target: { host } }): Placed => ({
      targetId,
      host: { id: host.id, name: host.name, address: addressFromHere(host) },
      revision: appliedRevision ?? site.head,
    }),
  );
  if (placed.length === 0) {
    throw new AppError('conflict', `${site.name} runs nowhere yet, so there is nothing to check.`, {
      hint: 'Plan its changes and apply them first.',
    });
  }
  await change(async () => ({
    value: undefined,
    audit: { subject: `site ${site.name}`, subjectId: site.id, detail: { hosts: placed.length } },
  }));
  const notReached: { hostId: string; hostName: string; message: string }[] = [];
  await Promise.all(
    placed.map(async (each) => {
      try {
        const outcomes = await look(site.id, each, signal);
        // One look has one time: by it the outcomes of a look are told from those of another.
        const at = new Date();
        const rows = outcomes.map(({ site: _name, durationMs, ...outcome }) => ({
          ...outcome,
          durationMs: Math.round(durationMs),
          at,
          phase: 'scheduled',
          siteId: site.id,
          targetId: each.targetId,
        }));
        await write((tx) => tx.probeResult.createMany({ data: rows }));
      } catch (error) {
        if (!(error instanceof TransportError)) throw error;
        notReached.push({ hostId: each.host.id, hostName: each.host.name, message: error.message });
      }
    }),
  );
  return { items: await siteProbesSeen(team.id, site), notReached };
};
