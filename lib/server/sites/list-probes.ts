import 'server-only';
import { z } from 'zod';
import type { contract } from '#api/contract/index';
import { ProbeOutcome } from '#core/probe/probe-outcome';
import type { Handler } from '../door/route';
import { notFound } from '../platform/errors/app-error';
import { latestProbes } from './latest-probes';

const Phase = z.enum(['before', 'after', 'scheduled']);

/** What the newest look at a site saw, with its time. */
export const listProbes: Handler<typeof contract.sites.listProbes> = async ({ db, team, params }) => {
  const site = await db.site.findFirst({
    where: { id: params.id, archivedAt: null },
    select: { id: true, name: true },
  });
  if (!site) throw notFound('site');
  return { items: await siteProbesSeen(team.id, site) };
};

/** The same for who has the site already. */
export async function siteProbesSeen(teamId: string, site: { readonly id: string; readonly name: string }) {
  const rows = await latestProbes(teamId, [site.id]);
  return rows.map((row) => ({
    ...ProbeOutcome.parse({ ...row, site: site.name, detail: row.detail ?? {} }),
    at: row.at.toISOString(),
    targetId: row.targetId,
    applyId: row.applyId,
    phase: Phase.parse(row.phase),
  }));
}
