import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { Change } from '#core/change/change';
import type { AppliedDocument } from '#core/plan/applied-file';
import type { TargetPlan } from '#core/plan/target-plan';
import type { IncludeLine } from '#core/servers/types';
import type { Prisma } from '../../../generated/prisma/client';
import { placeCertificates } from '../../certificates/place-certificates';
import { chunks } from '../../platform/database/chunks';
import type { WriteDb } from '../../platform/database/db';
import { loadRevisions } from '../../sites/load-revisions';

const rowsAtOnce = 100;

/**
 * What is true once a target is as its plan says, because it was confirmed or because nothing had to be changed: which files are ours
 * there, and which revision of each chosen site runs.
 *
 * @param applyId the apply that made it so; `null` where nothing had to be changed
 */
export async function recordApplied(
  tx: WriteDb,
  plan: TargetPlan,
  includes: readonly IncludeLine[],
  applyId: string | null,
): Promise<void> {
  const { targetId } = plan;
  const siteIds = new Map(plan.sites.map((site) => [site.name, site.siteId]));
  const before = new Map(
    (await tx.appliedFile.findMany({ where: { targetId } })).map((row) => [row.path, row]),
  );
  // A manually edited file of another site: what we had left there stays on record, so that it goes on counting as drift.
  // Somebody else's file is none of ours for what was taken out of it; a line of ours in it is.
  const made = plan.changes
    .filter(({ drifted, action }) => !(drifted && action === 'noop'))
    .flatMap((change) => {
      if (change.role !== 'handover') return [change];
      return includes.some(({ path }) => path === change.path)
        ? [{ ...change, role: 'include' as const }]
        : [];
    });
  for (const paths of chunks(made.map((change) => change.path)))
    await tx.driftFile.deleteMany({ where: { targetId, path: { in: paths } } });
  const gone: string[] = [];
  const left: Prisma.AppliedFileCreateManyInput[] = [];
  for (const change of made) {
    const { path, role } = change;
    const document = documentOf(change, includes);
    const row = before.get(path);
    if (!document) {
      gone.push(path);
      continue;
    }
    const siteId = change.site === null ? null : (siteIds.get(change.site) ?? null);
    const data = { document, role, siteId };
    // Of a hundred files on a target one apply changes a few.
    if (row && isDeepStrictEqual({ document: row.document, role: row.role, siteId: row.siteId }, data))
      continue;
    left.push({ targetId, path, ...data });
  }
  // A hundred rows in two statements rather than in a hundred.
  for (const paths of chunks([...gone, ...left.map(({ path }) => path)]))
    await tx.appliedFile.deleteMany({ where: { targetId, path: { in: paths } } });
  for (const data of chunks(left, rowsAtOnce)) await tx.appliedFile.createMany({ data });
  await recordRevisions(tx, plan);
  await recordHolds(tx, plan, applyId);
  await recordCertificates(tx, plan);
}

/** What the chosen sites want to be issued, from now on. */
async function recordCertificates(tx: WriteDb, { targetId, sites }: TargetPlan): Promise<void> {
  const chosen = sites.filter(({ selected }) => selected);
  const revision = await loadRevisions(
    tx,
    chosen.flatMap(({ siteId, to }) => (to === null ? [] : [{ siteId, number: to }])),
  );
  const { teamId } = await tx.target.findUniqueOrThrow({ where: { id: targetId }, select: { teamId: true } });
  for (const { siteId, to } of chosen) {
    const document = to === null ? null : revision(siteId, to);
    await placeCertificates(tx, { teamId, siteId, targetId, document });
  }
}

async function recordRevisions(tx: WriteDb, { targetId, sites }: TargetPlan): Promise<void> {
  const byRevision = new Map<number | null, string[]>();
  for (const { siteId, from, to, selected } of sites) {
    if (selected && to !== from) byRevision.set(to, [...(byRevision.get(to) ?? []), siteId]);
  }
  for (const [to, all] of byRevision) {
    for (const ids of chunks(all)) {
      const where = { targetId, siteId: { in: ids } };
      if (to === null) {
        // Taken off the target for good, or only undone: then it is still meant to run there one day.
        const leaving = { OR: [{ removing: true }, { site: { archivedAt: { not: null } } }] };
        await tx.siteTarget.deleteMany({ where: { ...where, ...leaving } });
      }
      const data = { appliedRevision: to, appliedAt: to === null ? null : new Date() };
      await tx.siteTarget.updateMany({ where, data });
    }
  }
}

/** Whether a site is brought back to what ran before: only undoing does that. */
const goesBack = ({ from, to }: TargetPlan['sites'][number]) => from !== null && (to === null || to < from);

/**
 * An undo moves the host, and the head is still the revision that was undone: it is held there, so that no later plan brings it back by itself. Any other
 * apply ends the hold.
 */
async function recordHolds(
  tx: WriteDb,
  { targetId, sites }: TargetPlan,
  applyId: string | null,
): Promise<void> {
  const chosen = sites.filter(({ selected, from, to }) => selected && from !== to);
  const back = chosen.filter(goesBack).map(({ siteId }) => siteId);
  const free = { heldHead: null, heldByApplyId: null, heldAt: null };
  for (const ids of chunks(chosen.map(({ siteId }) => siteId)))
    await tx.siteTarget.updateMany({ where: { targetId, siteId: { in: ids } }, data: free });
  for (const ids of chunks(back)) {
    for (const { id, head } of await tx.site.findMany({ where: { id: { in: ids } } })) {
      const held = { heldHead: head, heldByApplyId: applyId, heldAt: new Date() };
      await tx.siteTarget.updateMany({ where: { targetId, siteId: id, removing: false }, data: held });
    }
  }
}

function documentOf(change: Change, includes: readonly IncludeLine[]): AppliedDocument | null {
  const { path, after, role } = change;
  if (role === 'include') {
    const lines = includes.filter((include) => include.path === path).map(({ line }) => line);
    return lines.length > 0 ? { kind: 'lines', path, lines } : null;
  }
  if (after.kind === 'absent') return null;
  if (after.kind === 'link') return { kind: 'link', path, target: after.target };
  return { kind: 'file', path, content: after.content, sha256: after.sha256, mode: after.mode };
}
