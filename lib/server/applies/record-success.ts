import 'server-only';
import type { AppliedDocument } from '#core/plan/applied-file';
import type { Change } from '#core/plan/change';
import type { WriteDb } from '../db';
import type { TargetJob } from './target-job';

/** What is true once a target has been confirmed: which files are ours there, and which revision of each chosen site runs. */
export async function recordSuccess(tx: WriteDb, job: TargetJob): Promise<void> {
  const { targetId } = job;
  const siteIds = new Map(job.sites.map((site) => [site.name, site.siteId]));
  for (const change of job.plan.changes) {
    // A hand-edited file of another site: what we had left there stays on record, so that it goes on counting as drift.
    if (change.drifted && change.action === 'noop') continue;
    const document = documentOf(change, job);
    if (!document) {
      await tx.appliedFile.deleteMany({ where: { targetId, path: change.path } });
      continue;
    }
    const siteId = change.site === null ? null : (siteIds.get(change.site) ?? null);
    const data = { document, role: change.role, siteId };
    await tx.appliedFile.upsert({
      where: { targetId_path: { targetId, path: change.path } },
      create: { targetId, path: change.path, ...data },
      update: data,
    });
  }
  for (const { siteId, to, selected } of job.sites) {
    if (!selected) continue;
    const where = { siteId_targetId: { siteId, targetId } };
    if (to === null) await tx.siteTarget.deleteMany({ where: { siteId, targetId } });
    else await tx.siteTarget.update({ where, data: { appliedRevision: to, appliedAt: new Date() } });
  }
}

function documentOf(change: Change, job: TargetJob): AppliedDocument | null {
  const { path, after, role } = change;
  if (role === 'include') {
    const lines = job.rendering.includes.filter((include) => include.path === path).map(({ line }) => line);
    return lines.length > 0 ? { kind: 'lines', path, lines } : null;
  }
  if (after.kind === 'absent') return null;
  if (after.kind === 'link') return { kind: 'link', path, target: after.target };
  return { kind: 'file', path, content: after.content, sha256: after.sha256, mode: after.mode };
}
