import 'server-only';
import { z } from 'zod';
import { lateness } from '#core/acme/renewal-window';
import { daysUntil, dueWarning, warningDays } from '#core/notify/due-warning';
import { maxNamed } from '#core/notify/event';
import { writeAudit } from '../../door/audit';
import { notify } from '../../messages/notify/notify';
import { db } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { bySite } from '../../sites/by-site';
import { certificateExpiry, latestProbes } from '../../sites/latest-probes';
import { lookAtCertificate } from './look-at-certificate';

const dayMs = 86_400_000;
const sitesAtOnce = 200;
const event = 'certificate.expiring';

/** What a warning leaves on the record, so that it is not given twice. */
const Warned = z.object({ expiresAt: z.string(), days: z.number() });

/**
 * Warns of certificates that run out, at 21, 7 and 1 days, each once for each certificate. Those that probes saw last are gone through;
 * one that seems to run out is looked at again first, since something may have renewed it meanwhile.
 */
export async function watchCertificates(now: Date): Promise<void> {
  let after = '';
  for (;;) {
    const sites = await db().site.findMany({
      where: { id: { gt: after }, archivedAt: null },
      orderBy: { id: 'asc' },
      take: sitesAtOnce,
      select: { id: true, teamId: true },
    });
    const last = sites.at(-1);
    if (!last) return;
    after = last.id;
    for (const teamId of new Set(sites.map((site) => site.teamId))) {
      const ids = sites.filter((site) => site.teamId === teamId).map(({ id }) => id);
      await watchSites(teamId, ids, now);
    }
  }
}

async function watchSites(teamId: string, siteIds: readonly string[], now: Date): Promise<void> {
  for (const { siteId, targetIds } of await expiringOf(teamId, siteIds, now)) {
    for (const targetId of targetIds) await lookAtCertificate(siteId, targetId);
    const [still] = await expiringOf(teamId, [siteId], now);
    if (still) await warn(still, now);
  }
}

async function expiringOf(teamId: string, siteIds: readonly string[], now: Date): Promise<Expiring[]> {
  const soon = now.getTime() + (Math.max(...warningDays) + 1) * dayMs;
  const probes = bySite(await latestProbes(teamId, siteIds));
  const inTime = await renewedInTime(teamId, siteIds, now);
  return siteIds.flatMap((siteId) => {
    const seen = probes.get(siteId) ?? [];
    const expiresAt = certificateExpiry(seen);
    if (expiresAt === null || Date.parse(expiresAt) > soon || inTime.has(siteId)) return [];
    const those = seen.filter((probe) => certificateExpiry([probe]) === expiresAt);
    return [{ siteId, expiresAt, targetIds: those.map(({ targetId }) => targetId) }];
  });
}

/** Sites whose certificates the dashboard renews, and none of them late: a life of six days has always less than a week to go. */
async function renewedInTime(teamId: string, siteIds: readonly string[], now: Date): Promise<Set<string>> {
  const rows = await db().certificate.findMany({
    where: { teamId, siteId: { in: [...siteIds] } },
    select: { siteId: true, notBefore: true, notAfter: true },
  });
  const late = new Set<string>();
  for (const { siteId, notBefore, notAfter } of rows) {
    if (!notBefore || !notAfter || lateness({ notBefore, notAfter, suggested: null }, now) !== 'in-time')
      late.add(siteId);
  }
  return new Set(rows.map(({ siteId }) => siteId).filter((siteId) => !late.has(siteId)));
}

interface Expiring {
  readonly siteId: string;
  readonly expiresAt: string;
  readonly targetIds: readonly string[];
}

async function warn({ siteId, expiresAt, targetIds }: Expiring, now: Date): Promise<void> {
  await write(async (tx) => {
    const site = await tx.site.findUnique({ where: { id: siteId } });
    if (!site) return;
    const before = await tx.activity.findMany({
      where: { teamId: site.teamId, event, subjectId: siteId },
      select: { detail: true },
    });
    const told = before.flatMap(({ detail }) => Warned.safeParse(detail).data ?? []);
    const daysLeft = daysUntil(Date.parse(expiresAt), now.getTime());
    const days = dueWarning(
      daysLeft,
      told.filter((warned) => warned.expiresAt === expiresAt).map((warned) => warned.days),
    );
    if (days === null) return;
    const targets = await tx.target.findMany({
      where: { id: { in: [...targetIds] } },
      include: { host: { select: { name: true } } },
    });
    await writeAudit(tx, {
      event,
      teamIds: [site.teamId],
      actorId: null,
      actorLabel: 'dashboard',
      address: 'dashboard',
      requestId: siteId,
      subject: `certificate of ${site.name}`,
      subjectId: siteId,
      detail: { expiresAt, days },
    });
    await notify(tx, {
      teamId: site.teamId,
      siteIds: [siteId],
      event: {
        name: event,
        sites: [{ id: siteId, name: site.name }],
        hosts: [...new Set(targets.map(({ host }) => host.name))].slice(0, maxNamed),
        expiresAt,
        daysLeft,
      },
    });
  });
}
