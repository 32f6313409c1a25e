import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { AppError, notFound } from '../platform/errors/app-error';

/** Deletes a site that no longer runs anywhere. Its revisions stay for the history of applies; its name is free again. */
export const removeSite: Handler<typeof contract.sites.remove> = ({ params, change }) =>
  change(async (tx) => {
    const site = await tx.site.findFirst({
      where: { id: params.id, archivedAt: null },
      include: {
        targets: {
          where: { appliedRevision: { not: null }, target: { host: { archivedAt: null } } },
          include: { target: { include: { host: true } } },
        },
      },
    });
    if (!site) throw notFound('site');
    if (site.targets.length > 0) {
      const hosts = site.targets.map(({ target }) => target.host.name).join(', ');
      throw new AppError('conflict', `${site.name} still runs on ${hosts}.`, {
        hint: 'Take it off its hosts and apply that first.',
      });
    }
    await tx.siteTarget.deleteMany({ where: { siteId: site.id } });
    await tx.listSite.deleteMany({ where: { siteId: site.id } });
    await tx.site.update({ where: { id: site.id }, data: { archivedAt: new Date(), goneAs: site.id } });
    return { value: undefined, audit: { subject: `site ${site.name}`, subjectId: site.id } };
  });
