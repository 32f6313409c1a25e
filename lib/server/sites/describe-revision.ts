import 'server-only';
import type { z } from 'zod';
import type { Revision } from '#api/contract/sites';
import type { Prisma } from '../../generated/prisma/client';

/** What `describeRevision` has to be given. */
export const revisionInclude = {
  author: { select: { id: true, name: true, email: true } },
  site: {
    select: {
      targets: {
        where: { target: { host: { archivedAt: null } } },
        select: { appliedRevision: true, target: { select: { host: { select: { name: true } } } } },
      },
    },
  },
} as const satisfies Prisma.SiteRevisionInclude;
type Row = Omit<Prisma.SiteRevisionGetPayload<{ include: typeof revisionInclude }>, 'document'>;

/** A revision without its document. */
export const describeRevision = (row: Row): z.input<typeof Revision> => ({
  number: row.number,
  message: row.message,
  author: row.author,
  createdAt: row.createdAt.toISOString(),
  appliedTo: row.site.targets
    .filter(({ appliedRevision }) => appliedRevision === row.number)
    .map(({ target }) => target.host.name),
});
